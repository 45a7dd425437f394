/** What can be done with the copies of a worksheet, above it: choose, name, print, take along. */

import { all, button, element, openFile, saveFile } from "./elements.js";
import { say, warn } from "./notice.js";
import { bareRows, everyRow, own } from "./worksheet-answers.js";
import { fromCsv, toCsv } from "./worksheet-csv.js";
import { fromFillings, LONGEST, toFillings } from "./worksheet-files.js";
import { readExample } from "./worksheet-page.js";

/**
 * @typedef {import("./worksheet-answers.js").Part} Part
 * @typedef {import("./worksheet-answers.js").Given} Given
 */

export class Bar {
  #select;
  #delete;

  /**
   * @param {import("./worksheet-copies.js").Copies} copies
   * @param {Part[]} parts
   * @param {() => void} show shows the worksheet anew
   */
  constructor(copies, parts, show) {
    this.copies = copies;
    this.parts = parts;
    this.show = show;
    this.#select = element("select", {
      class: "pp-input",
      id: "pp-copy",
      autocomplete: "off",
      onchange: () => {
        copies.choose(this.#select.value);
        show();
        say(`${this.#name()} is open.`);
      },
    });
    this.#delete = button("Delete", () => this.#remove(), { class: "pp-action" });
    const [root] = all(".pp-copies");
    root.append(
      element(
        "p",
        { class: "pp-buttons" },
        element("label", { for: "pp-copy" }, "Copy"),
        this.#select,
        button("New", () => this.#ask("A new copy", copies.newName("My copy"), (name) => copies.add(name))),
        button("Print", () => print()),
      ),
      element(
        "p",
        { class: "pp-buttons" },
        button("Rename", () => this.#rename(), { class: "pp-action" }),
        button("Duplicate", () => this.#duplicate(), { class: "pp-action" }),
        this.#delete,
        button("Save as a file", () => this.#saveJson(), { class: "pp-action" }),
        button("Open a file", () => void this.#openFile(), { class: "pp-action" }),
      ),
      element(
        "p",
        { class: "pp-hint" },
        "What you write is kept in this browser and sent nowhere. Saved as a file, it can be printed with ",
        element("code", {}, "playbooks worksheet --fill"),
        ".",
      ),
    );
    const [opener] = all(".pp-example-opener");
    opener?.append(button("Open the example as a copy", () => this.#openExample()));
    for (const table of parts.filter((part) => part.kind === "table")) {
      all(".pp-table__foot", table.root)[0]?.append(
        button("Save as CSV", () => this.#saveCsv(table), {
          class: "pp-action",
          "aria-label": `Save as CSV: ${table.title}`,
        }),
      );
    }
  }

  #name() {
    return this.copies.list().find(({ id }) => id === this.copies.open)?.name ?? "";
  }

  /** Shows which copies there are. */
  fill() {
    const found = this.copies.list();
    const shown = [...this.#select.options].map(({ value, text }) => `${value} ${text}`).join("\n");
    if (shown !== found.map(({ id, name }) => `${id} ${name}`).join("\n")) {
      this.#select.replaceChildren(...found.map(({ id, name }) => element("option", { value: id }, name)));
    }
    this.#select.value = this.copies.open;
    this.#select.dataset.value = this.#name();
  }

  /**
   * Asks for the name of a copy.
   *
   * @param {string} title
   * @param {string} name
   * @param {(name: string) => void} onname
   */
  #ask(title, name, onname) {
    const asked = document.activeElement;
    const input = element("input", {
      class: "pp-input",
      id: "pp-copy-name",
      value: name,
      maxlength: 80,
      autocomplete: "off",
      required: true,
    });
    const dialog = element(
      "dialog",
      { class: "pp-dialog pp-filling", "aria-labelledby": "pp-copy-title" },
      element(
        "form",
        {
          method: "dialog",
          onsubmit: (/** @type {SubmitEvent} */ event) => {
            event.preventDefault();
            const words = input.value.trim();
            if (!words) return;
            dialog.close();
            onname(words);
            this.show();
          },
        },
        element("h2", { id: "pp-copy-title" }, title),
        element("label", { for: "pp-copy-name" }, "Its name"),
        input,
        element(
          "p",
          { class: "pp-buttons" },
          element("button", { class: "pp-button pp-button--main" }, "Save"),
          button("Cancel", () => dialog.close()),
        ),
      ),
    );
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (asked instanceof HTMLElement) asked.focus();
    });
    document.body.append(dialog);
    dialog.showModal();
    input.select();
  }

  #rename() {
    this.#ask("Rename the copy", this.#name(), (name) =>
      this.copies.change((answers) => {
        answers.name = name;
      }),
    );
  }

  #duplicate() {
    const { name, ...answers } = this.copies.answers();
    this.#ask("A duplicate", this.copies.newName(name), (found) => this.copies.add(found, answers));
  }

  #remove() {
    const name = this.#name();
    const undo = this.copies.remove();
    this.show();
    say(`${name} is deleted.`, {
      words: "Undo",
      onclick: () => {
        undo();
        this.show();
      },
    });
    this.#select.focus();
  }

  /**
   * Makes a copy of what came from elsewhere, and says so.
   *
   * @param {string} name
   * @param {Given} given
   */
  #add(name, given) {
    const before = this.copies.open;
    const rows = Object.fromEntries(
      Object.entries(given.rows).map(([id, found]) => {
        const table = this.parts.find((part) => part.id === id);
        return [id, table ? bareRows(table, everyRow(table, found)) : found];
      }),
    );
    const id = this.copies.add(this.copies.newName(name), { fields: given.fields, rows });
    this.show();
    say(`${this.#name()} is a new copy.`, {
      words: "Undo",
      onclick: () => {
        this.copies.choose(id);
        this.copies.remove();
        this.copies.choose(before);
        this.show();
      },
    });
  }

  #openExample() {
    this.#add("The example", readExample(this.parts));
    all(".pp-copies")[0].scrollIntoView();
    this.#select.focus({ preventScroll: true });
  }

  #saveJson() {
    const answers = this.copies.answers();
    const file = toFillings(this.copies.worksheet, this.parts, answers);
    saveFile(
      `${this.copies.worksheet}-${slug(this.#name())}.json`,
      `${JSON.stringify(file, null, 2)}\n`,
      "application/json",
    );
    const isLong = [...Object.values(answers.fields), ...Object.values(answers.rows).flat()].some((row) =>
      Object.values(row).some((words) => words.length > LONGEST),
    );
    say(
      isLong
        ? `It is in the file. Some of it is longer than the ${LONGEST.toLocaleString("en-GB")} characters that printed sheets take.`
        : "It is in the file.",
    );
  }

  /** @param {Part} table */
  #saveCsv(table) {
    const rows = own(this.copies.answers().rows, table.id) ?? [];
    saveFile(`${this.copies.worksheet}-${table.id}.csv`, toCsv(table, rows), "text/csv;charset=utf-8");
    say("The table is in the file.");
  }

  async #openFile() {
    const file = await openFile(".json,.csv,.tsv,.txt,application/json,text/csv");
    if (!file) return;
    const isJson = /\.json$/i.test(file.name) || /^\ufeff?\s*[{[]/.test(file.text);
    try {
      if (isJson) {
        this.#add(stem(file.name), fromFillings(file.text, this.copies.worksheet, this.parts));
        return;
      }
      const tables = this.parts.filter((part) => part.kind === "table");
      const { table, rows } = fromCsv(file.text, tables);
      this.#add(stem(file.name), { fields: {}, rows: { [table.id]: rows } });
    } catch (error) {
      warn(`${file.name} is not taken in: ${error instanceof Error ? error.message : error}.`);
    }
  }
}

/** @param {string} name */
const stem = (name) => name.replace(/\.[^.]*$/, "").slice(0, 80) || "A file";

/** @param {string} name */
const slug = (name) =>
  name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
