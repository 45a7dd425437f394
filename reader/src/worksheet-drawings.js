/** Ranges and plots, drawn; the words below a drawing say the same. */

import { areMixed, readAmount } from "./computing.js";
import { dayOf, drawPlot, drawRange, SCORES } from "./drawing.js";
import { drawn, one } from "./elements.js";
import { cellOf } from "./worksheet-answers.js";

/**
 * @typedef {import("./worksheet-answers.js").Part} Part
 * @typedef {import("./drawing.js").Mark} Mark
 * @typedef {import("./drawing.js").Piece} Piece
 */

const WIDEST = 640;
const NARROWEST = 280;
const LEFT = 58;
const RIGHT = 30;
/** So much room does a mark below a line need. */
const ROOM_OF_A_MARK = 76;
/** How the lines of a plot are told apart without colours. */
const DASHES = ["", "7 4", "2 4", "12 4 2 4"];

/** How wide the drawing is at hand: as its room is, so that its words are as large as others. */
let width = WIDEST;

/** @param {Part} part */
function measure({ root }) {
  const room = one(".pp-drawing__room", root);
  // Nothing is measured where the page is not laid out, as on paper.
  if (room.clientWidth) width = Math.min(Math.max(room.clientWidth - 24, NARROWEST), WIDEST);
}

/** @param {number} part */
const across = (part) => LEFT + part * (width - RIGHT - LEFT);

/**
 * The marks that there is room for.
 *
 * @param {Mark[]} marks
 */
function spaced(marks) {
  const every = Math.ceil((marks.length * ROOM_OF_A_MARK) / (width - LEFT));
  return marks.filter((_, place) => place % every === 0);
}

/**
 * @param {number} x
 * @param {number} y
 * @param {string} words
 * @param {string} [anchor]
 * @param {string} [name]
 */
const text = (x, y, words, anchor = "middle", name = "pp-drawn__words") =>
  drawn("text", { x, y, "text-anchor": anchor, class: name }, words);

/**
 * @param {number} x1
 * @param {number} y1
 * @param {number} x2
 * @param {number} y2
 * @param {string} name
 */
const line = (x1, y1, x2, y2, name) => drawn("line", { x1, y1, x2, y2, class: name });

/**
 * Puts a drawing and its words into their places.
 *
 * @param {Part} part
 * @param {string} words
 * @param {SVGElement[] | Element[]} shapes none where nothing can be drawn yet
 * @param {number} height
 */
function show(part, words, shapes, height) {
  const caption = one("figcaption", part.root);
  caption.id = `${part.id}--drawn`;
  if (caption.textContent !== words) caption.textContent = words;
  one(".pp-drawing__room", part.root).replaceChildren(
    ...(shapes.length
      ? [
          drawn(
            "svg",
            {
              viewBox: `0 0 ${width} ${height}`,
              role: "img",
              "aria-labelledby": caption.id,
              class: "pp-drawn",
            },
            ...shapes,
          ),
        ]
      : []),
  );
  return shapes.length ? words : "";
}

/** @param {string[]} names */
const listed = (names) => [names.slice(0, -1).join(", "), ...names.slice(-1)].filter(Boolean).join(" and ");

/**
 * @param {Part} part
 * @param {string} id
 */
const labelOf = (part, id) => part.blanks.find((blank) => blank.id === id)?.label ?? id;

/** @param {string[]} ends */
const span = ([from, to]) => (from === to ? `at ${from}` : `from ${from} to ${to}`);

/**
 * Draws a range, and returns the words that say the same; none where an end is missing.
 *
 * @param {Part} part
 * @param {Part} from
 * @param {string[]} ends
 */
export function showRange(part, from, ends) {
  measure(part);
  const labels = part.of.map((id) => labelOf(from, id));
  const found = drawRange(ends);
  if (!found) {
    const missing = labels.filter((_, place) => !readAmount(ends[place]));
    return show(part, `To be drawn, it needs a figure for ${listed(missing)}.`, [], 0);
  }
  const { yours, theirs, overlap, gap } = found;
  const amounts = ends.map(readAmount).filter((end) => end !== null);
  const words = [
    `Yours is ${span(yours.words)}, theirs ${span(theirs.words)}.`,
    overlap ? `They overlap ${span(overlap.words)}.` : `They do not overlap: ${gap} lies between them.`,
    areMixed(amounts) ? "The figures are not of one kind, and are drawn as bare numbers." : "",
  ];
  const apart = [Math.min(yours.to, theirs.to), Math.max(yours.from, theirs.from)];
  /** @type {(piece: Piece, y: number, name: string, kind: string) => Element[]} */
  const bar = (piece, y, name, kind) => [
    text(0, y + 9, name, "start", "pp-drawn__name"),
    drawn("rect", {
      x: across(piece.from),
      y,
      width: Math.max(across(piece.to) - across(piece.from), 3),
      height: 12,
      class: kind,
    }),
    ...(piece.words[0] === piece.words[1]
      ? [text(across(piece.from), y - 6, piece.words[0])]
      : [
          text(across(piece.from), y - 6, piece.words[0], piece.to - piece.from < 0.2 ? "end" : "middle"),
          text(across(piece.to), y - 6, piece.words[1], piece.to - piece.from < 0.2 ? "start" : "middle"),
        ]),
  ];
  const shapes = [
    drawn("rect", {
      x: across(overlap ? overlap.from : apart[0]),
      y: 16,
      width: Math.max(across(overlap ? overlap.to : apart[1]) - across(overlap ? overlap.from : apart[0]), 2),
      height: 96,
      class: overlap ? "pp-drawn__overlap" : "pp-drawn__gap",
    }),
    ...bar(yours, 36, "Yours", "pp-drawn__yours"),
    ...bar(theirs, 86, "Theirs", "pp-drawn__theirs"),
    line(LEFT, 118, width - RIGHT, 118, "pp-drawn__axis"),
    ...spaced(found.scale).flatMap(({ at, words: mark }) => [
      line(across(at), 115, across(at), 121, "pp-drawn__axis"),
      text(across(at), 137, mark, "middle", "pp-drawn__mark"),
    ]),
    ...(overlap
      ? [text(across((overlap.from + overlap.to) / 2), 68, "overlap", "middle", "pp-drawn__name")]
      : []),
  ];
  return show(part, words.filter(Boolean).join(" "), shapes, 144);
}

/**
 * Draws a plot, and returns the words that say the same.
 *
 * @param {Part} part
 * @param {Part} from
 * @param {import("./worksheet-answers.js").Row[]} rows
 */
export function showPlot(part, from, rows) {
  measure(part);
  const labels = part.of.map((id) => labelOf(from, id));
  const areScores = part.of.every((id) => from.blanks.find((blank) => blank.id === id)?.type === "score");
  const found = drawPlot(
    rows.map((row) => [cellOf(row, part.x), part.of.map((id) => cellOf(row, id))]),
    areScores ? SCORES : [],
  );
  const by = labelOf(from, part.x);
  if (!found) {
    return show(part, `To be drawn, it needs a day in ${by} and a figure in ${listed(labels)}.`, [], 0);
  }
  const bottom = 170;
  const up = (/** @type {number} */ at) => bottom - at * 146;
  const shapes = [
    ...found.scale.flatMap(({ at, words }) => [
      line(LEFT, up(at), width - RIGHT, up(at), "pp-drawn__grid"),
      text(LEFT - 8, up(at) + 4, words, "end", "pp-drawn__mark"),
    ]),
    line(LEFT, bottom, width - RIGHT, bottom, "pp-drawn__axis"),
    ...spaced(found.days).flatMap(({ at, words }) => [
      line(across(at), bottom, across(at), bottom + 4, "pp-drawn__axis"),
      text(
        across(at),
        bottom + 19,
        words,
        at < 0.06 ? "start" : at > 0.94 ? "end" : "middle",
        "pp-drawn__mark",
      ),
    ]),
    ...found.lines.flatMap((points, index) => [
      drawn("polyline", {
        points: points.map(([x, y]) => `${across(x)},${up(y)}`).join(" "),
        "stroke-dasharray": DASHES[index % DASHES.length],
        class: `pp-drawn__line pp-drawn__line--${index % 3}`,
      }),
      ...points.map(([x, y]) =>
        drawn("circle", {
          cx: across(x),
          cy: up(y),
          r: 4,
          class: `pp-drawn__point pp-drawn__line--${index % 3}`,
        }),
      ),
      ...(found.lines.length > 1 && points.length ? [legend(index, labels[index])] : []),
    ]),
  ];
  const words = labels.map((label, index) => course(label, part.of[index], rows, part.x)).filter(Boolean);
  return show(part, words.join(" "), shapes, found.lines.length > 1 ? 196 + 18 * found.lines.length : 196);
}

/**
 * @param {number} index
 * @param {string} label
 */
function legend(index, label) {
  const y = 206 + 18 * index;
  return drawn(
    "g",
    {},
    drawn("line", {
      x1: LEFT,
      y1: y,
      x2: LEFT + 36,
      y2: y,
      "stroke-dasharray": DASHES[index % DASHES.length],
      class: `pp-drawn__line pp-drawn__line--${index % 3}`,
    }),
    text(LEFT + 44, y + 4, label, "start", "pp-drawn__name"),
  );
}

const MOST_TOLD = 12;

/**
 * A line of a plot in words.
 *
 * @param {string} label
 * @param {string} column
 * @param {import("./worksheet-answers.js").Row[]} rows
 * @param {string} x
 */
function course(label, column, rows, x) {
  const points = rows
    .flatMap((row) => {
      const day = dayOf(cellOf(row, x));
      const words = cellOf(row, column).trim();
      return day !== null && readAmount(words)
        ? [{ day, words: `${words} on ${cellOf(row, x).trim()}` }]
        : [];
    })
    .sort((one_, other) => one_.day - other.day)
    .map(({ words }) => words);
  if (!points.length) return "";
  const told =
    points.length > MOST_TOLD
      ? `${points.length} points, the first ${points[0]}, the last ${points[points.length - 1]}`
      : points.join(", ");
  return `${label}: ${told}.`;
}
