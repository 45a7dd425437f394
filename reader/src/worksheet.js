/** Worksheets that work: they keep what is typed, and work out what follows from it. */

import { all } from "./elements.js";
import { mine } from "./mine.js";
import { fill, filled, LONGEST_FILLING } from "./slots.js";
import { cellOf, own } from "./worksheet-answers.js";
import { Bar } from "./worksheet-bar.js";
import { addCalendar, openCalendar, showIn, showProblem } from "./worksheet-cells.js";
import { Copies } from "./worksheet-copies.js";
import { Outcomes } from "./worksheet-outcomes.js";
import { controlsIn, readParts } from "./worksheet-page.js";
import { TableView } from "./worksheet-table.js";

/** @typedef {import("./worksheet-page.js").Control} Control */

/** @param {HTMLElement} root */
function start(root) {
  const parts = readParts(root);
  const copies = new Copies(root.dataset.worksheet ?? "", parts);
  prepare();
  const tables = parts
    .filter((part) => part.kind === "table")
    .map((part) => new TableView(part, copies, () => show()));
  for (const { part, adder } of tables) all(".pp-table__foot", part.root)[0].append(adder);
  const bar = new Bar(copies, parts, () => show());
  const outcomes = new Outcomes(root, parts);
  const boxes = /** @type {HTMLInputElement[]} */ (all(".pp-ticks[data-ticks] input", root));

  root.classList.add("pp-worksheet--live");
  root.addEventListener("input", ({ target }) => {
    const control = controlAt(target);
    if (control) keep(control);
  });
  root.addEventListener("change", ({ target }) => {
    const control = controlAt(target);
    if (control) showProblem(control);
    else if (target instanceof HTMLInputElement && boxes.includes(target)) tick(target);
  });
  root.addEventListener("click", ({ target }) => {
    if (target instanceof HTMLElement && target.matches(".pp-calendar")) openCalendar(target);
  });
  // While a change is made here, it is shown once and at its end.
  let isChanging = false;
  for (const area of /** @type {const} */ (["worksheets", "slots"])) {
    mine.onChange(area, () => {
      if (isChanging) return;
      copies.catchUp();
      show();
    });
  }
  addEventListener("resize", () => show());
  show();

  function prepare() {
    for (const part of parts) {
      const drawn = parts.filter(({ from, x }) => from === part.id && x).map(({ x }) => x);
      for (const control of controlsIn(part.root)) {
        if (control.dataset.type !== "date") continue;
        if (drawn.includes(control.dataset.blank ?? "")) control.dataset.drawn = "true";
        const label = control.labels?.[0]?.textContent ?? control.getAttribute("aria-label") ?? "";
        addCalendar(control, label);
      }
    }
  }

  /** @param {EventTarget | null} target */
  function controlAt(target) {
    return target instanceof HTMLElement && target.matches(".pp-control")
      ? /** @type {Control} */ (target)
      : null;
  }

  /** @param {Control} control */
  function keep(control) {
    const table = tables.find(({ part }) => part.root.contains(control));
    isChanging = true;
    try {
      if (table) table.keep(control);
      else keepField(control);
    } finally {
      isChanging = false;
    }
    show(true);
  }

  /** @param {Control} control */
  function keepField(control) {
    const form = control.closest(".pp-part");
    const id = form instanceof HTMLElement ? (form.dataset.part ?? "") : "";
    const { blank = "", fills } = control.dataset;
    const words = control.value.trim() ? control.value : "";
    copies.change(({ fields }) => {
      const given = own(fields, id) ?? {};
      if (words) given[blank] = words;
      else delete given[blank];
      fields[id] = given;
    });
    if (!fills) return;
    fill(fills, words.replace(/\s+/g, " ").trim().slice(0, LONGEST_FILLING));
    copies.noteSlots();
  }

  /** @param {HTMLInputElement} box */
  function tick(box) {
    const id = box.closest(".pp-ticks")?.getAttribute("data-ticks") ?? "";
    copies.change((answers) => {
      const ticks = answers.ticks ?? {};
      ticks[id] = (own(ticks, id) ?? []).filter((item) => item !== box.value);
      if (box.checked) ticks[id].push(box.value);
      answers.ticks = ticks;
    });
  }

  /**
   * Says where the lines have other words than this copy.
   *
   * @param {Control} control
   */
  function showSlot(control) {
    const hint = control.closest(".pp-field")?.querySelector(".pp-fills");
    if (!(hint instanceof HTMLElement)) return;
    hint.dataset.words ??= hint.textContent;
    const words = filled(control.dataset.fills ?? "");
    const isOther = words && control.value.trim() && words !== control.value.replace(/\s+/g, " ").trim();
    hint.textContent = isOther
      ? `Your lines say “${words}”. They will say this instead once you change it.`
      : hint.dataset.words;
  }

  function show(isTyped = false) {
    const answers = copies.answers();
    for (const part of parts.filter(({ kind }) => kind === "form")) {
      const given = own(answers.fields, part.id) ?? {};
      for (const control of controlsIn(part.root)) {
        showIn(control, cellOf(given, control.dataset.blank ?? ""));
      }
    }
    for (const control of controlsIn(root)) if (control.dataset.fills) showSlot(control);
    for (const table of tables) table.fill(table.rows());
    for (const box of boxes) {
      const id = box.closest(".pp-ticks")?.getAttribute("data-ticks") ?? "";
      box.checked = (own(answers.ticks, id) ?? []).includes(box.value);
    }
    bar.fill();
    outcomes.show(answers, isTyped);
  }
}

all(".pp-worksheet").forEach(start);
