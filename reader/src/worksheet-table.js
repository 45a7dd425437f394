/** The tables of a worksheet, which grow. */

import { all, button, element } from "./elements.js";
import { say } from "./notice.js";
import { everyRow, own } from "./worksheet-answers.js";
import { showIn, showProblem } from "./worksheet-cells.js";
import { controlsIn } from "./worksheet-page.js";

/**
 * @typedef {import("./worksheet-answers.js").Part} Part
 * @typedef {import("./worksheet-answers.js").Row} Row
 * @typedef {import("./worksheet-page.js").Control} Control
 */

export class TableView {
  #body;
  /** A row with nothing in it. */
  #blank;

  /**
   * @param {Part} part
   * @param {import("./worksheet-copies.js").Copies} copies
   * @param {() => void} show shows the worksheet anew
   */
  constructor(part, copies, show) {
    this.part = part;
    this.copies = copies;
    this.show = show;
    this.#body = all("tbody", part.root)[0];
    all("thead tr", part.root)[0].append(
      element("th", { class: "pp-tools", scope: "col" }, element("span", { class: "pp-unseen" }, "Row")),
    );
    for (const row of all("tr", this.#body)) this.#equip(row);
    this.#blank = /** @type {HTMLElement} */ (this.#rows()[0].cloneNode(true));
    for (const control of controlsIn(this.#blank)) {
      if (control instanceof HTMLSelectElement) {
        control.value = "";
        for (const option of control.options) option.defaultSelected = false;
      } else control.defaultValue = "";
    }
    this.adder = button("Add a row", () => this.#add());
    this.#body.addEventListener("click", (event) => {
      const asked = event.target instanceof Element && event.target.closest(".pp-remove");
      if (asked instanceof HTMLElement) this.#remove(this.#placeOf(asked));
    });
    this.#body.addEventListener("keydown", (event) => this.#onKey(event));
  }

  #rows() {
    return all("tr", this.#body);
  }

  /** @param {HTMLElement} inside */
  #placeOf(inside) {
    return this.#rows().findIndex((row) => row.contains(inside));
  }

  /** @param {HTMLElement} row */
  #equip(row) {
    row.append(
      element(
        "td",
        { class: "pp-tools", role: "cell" },
        element("button", { type: "button", class: "pp-remove" }, "×"),
      ),
    );
  }

  /**
   * Names what a row has, by its place.
   *
   * @param {HTMLElement} row
   * @param {number} place
   */
  #name(row, place) {
    all(".pp-cell > :first-child", row).forEach((cell, index) => {
      cell.setAttribute("aria-label", `${this.part.blanks[index].label}, row ${place + 1}`);
    });
    all(".pp-remove", row)[0].setAttribute("aria-label", `Remove row ${place + 1}`);
  }

  /**
   * Shows the rows of a copy; without any, those of a blank.
   *
   * @param {Row[]} rows
   */
  fill(rows) {
    const shown = this.#rows();
    for (const row of shown.splice(Math.max(rows.length, 1))) row.remove();
    while (shown.length < rows.length) {
      const row = /** @type {HTMLElement} */ (this.#blank.cloneNode(true));
      this.#body.append(row);
      shown.push(row);
    }
    shown.forEach((row, place) => {
      if (row.dataset.place !== String(place)) {
        row.dataset.place = String(place);
        this.#name(row, place);
      }
      for (const control of controlsIn(row)) {
        showIn(control, own(rows[place] ?? {}, control.dataset.blank ?? "") ?? "");
      }
    });
  }

  /** The rows as they are shown now. */
  rows() {
    return own(this.copies.answers().rows, this.part.id) ?? everyRow(this.part, []);
  }

  /**
   * @param {(rows: Row[]) => void} recipe
   * @param {string} [copy]
   */
  #change(recipe, copy) {
    this.copies.change((answers) => {
      const rows = own(answers.rows, this.part.id) ?? everyRow(this.part, []);
      recipe(rows);
      answers.rows[this.part.id] = rows;
    }, copy);
  }

  /**
   * Keeps what was typed into a cell.
   *
   * @param {Control} control
   */
  keep(control) {
    const place = this.#placeOf(control);
    const { blank = "" } = control.dataset;
    this.#change((rows) => {
      while (rows.length <= place) rows.push({});
      const row = rows[place];
      if (control.value.trim()) row[blank] = control.value;
      else delete row[blank];
      // What came with a file in place of a figure that can be worked out stands for what was there before.
      for (const column of this.part.blanks) if (column.computed) delete row[column.id];
    });
  }

  #add() {
    this.#change((rows) => rows.push({}));
    controlsIn(this.#rows().slice(-1)[0])[0]?.focus();
  }

  /** @param {number} place */
  #remove(place) {
    const { open } = this.copies;
    const gone = this.rows()[place] ?? {};
    this.#change((rows) => {
      rows.splice(place, 1);
      if (!rows.length) rows.push({});
    });
    const left = all(".pp-remove", this.#body);
    left[Math.min(place, left.length - 1)].focus();
    say(`Row ${place + 1} is removed.`, {
      words: "Undo",
      onclick: () => this.#change((rows) => rows.splice(place, 0, gone), open),
    });
  }

  /**
   * Enter goes to the cell below, and makes a row where there is none. In a long text it is a new line.
   *
   * @param {KeyboardEvent} event
   */
  #onKey(event) {
    const { target } = event;
    const isCell = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || !isCell) return;
    if (target.dataset.type === "long") return;
    event.preventDefault();
    showProblem(target);
    const place = this.#placeOf(target);
    const column = controlsIn(this.#rows()[place]).indexOf(target);
    if (place + 1 === this.#rows().length) this.#change((rows) => rows.push({}));
    controlsIn(this.#rows()[place + 1])[column]?.focus();
  }
}
