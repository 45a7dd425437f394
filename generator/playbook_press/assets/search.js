/* The search box: finds lines, pitfalls, checklists and terms, each at its very place.
   The index is loaded when the box is first used. */
"use strict";

(() => {
  const form = document.querySelector("form.md-search__form");
  if (!form) return;

  const MOST_RESULTS = 12;
  /* A reader types what she hears, so what answers it comes before what only mentions it. */
  const WEIGHTS = { "They say": 1.4, "Instead of": 0.9, Example: 0.8, Dialogue: 0.8, Term: 0.8, Source: 0.4 };
  const base = new URL(`${form.dataset.base}/`, location);
  const toggle = document.querySelector("#__search");
  const input = form.querySelector("input");
  const status = document.querySelector(".md-search-result__meta");
  const list = document.querySelector(".md-search-result__list");
  const nothingTyped = status.textContent;

  const load = (name) =>
    new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = new URL(`assets/playbooks/${name}`, base);
      script.onload = resolve;
      script.onerror = () => reject(new Error(`${name} could not be loaded`));
      document.head.append(script);
    });

  /* "You're" is found by "you are", "don't" by "do not", and a curly apostrophe by a straight one. */
  const plain = (text) =>
    text
      .toLowerCase()
      .normalize("NFKD")
      .replace(/[\u0300-\u036f]/g, "")
      .replace(/[’‘]/g, "'")
      .replace(/\bcan't\b/g, "can not")
      .replace(/\bwon't\b/g, "will not")
      .replace(/n't\b/g, " not")
      .replace(/'(?:re|ve|ll|s|d|m)\b/g, "")
      .replace(/[^\p{L}\p{N}]+/gu, " ")
      .trim();

  const stem = (word) => lunr.stemmer(new lunr.Token(word)).toString();

  /* Every word counts if there are no others: "not now" is a question too. */
  const significant = (words) => {
    const kept = words.filter((word) => lunr.stopWordFilter(new lunr.Token(word)));
    return kept.length ? kept : words;
  };

  let loading;
  const index = () => {
    loading ??= Promise.all([load("lunr.js"), load("search-entries.js")]).then(() => {
      const entries = globalThis.playbooksEntries;
      const built = lunr((builder) => {
        builder.pipeline.reset();
        builder.searchPipeline.reset();
        builder.pipeline.add(lunr.stemmer);
        builder.ref("number");
        builder.field("title", { boost: 5 });
        builder.field("answer", { boost: 1.5 });
        builder.field("more");
        builder.b(0.4);
        entries.forEach((entry, number) => {
          builder.add({
            number,
            title: plain(entry.title),
            answer: plain(entry.answer),
            more: plain(`${entry.more ?? ""} ${entry.where ?? ""}`),
          });
        });
      });
      return { built, entries };
    });
    return loading;
  };

  const find = async (typed) => {
    const { built, entries } = await index();
    const asked = plain(typed);
    const words = significant(asked.split(" ").filter(Boolean)).slice(0, 16);
    if (!words.length) return [];
    const stems = words.map(stem);
    const search = (distance) =>
      built.query((query) => {
        stems.forEach((word, number) => {
          query.term(word, { boost: 10 });
          if (word.length > 3 + distance) query.term(word, { boost: 1, editDistance: distance });
          // The last word may still be being typed.
          if (number === stems.length - 1 && word.length > 1) {
            query.term(word, { boost: 3, wildcard: lunr.Query.wildcard.TRAILING });
          }
        });
      });
    const results = search(1).length ? search(1) : search(2);
    const last = words.at(-1);
    return results
      .map((result) => {
        const entry = entries[Number(result.ref)];
        const found = Object.keys(result.matchData.metadata);
        const covered = stems.filter(
          (word, number) => found.includes(word) || (number === stems.length - 1 && found.some((term) => term.startsWith(last))),
        ).length;
        const title = plain(entry.title);
        const exact = title === asked ? 4 : title.includes(asked) ? 2 : 1;
        const weight = exact * (WEIGHTS[entry.kind] ?? 1);
        return { entry, score: result.score * weight * (0.15 + covered / stems.length) ** 2.5 };
      })
      .sort((one, other) => other.score - one.score)
      .slice(0, MOST_RESULTS)
      .map(({ entry }) => entry);
  };

  const element = (name, className, text) => {
    const made = document.createElement(name);
    made.className = className;
    made.textContent = text;
    return made;
  };

  const shorten = (text) => (text.length > 180 ? `${text.slice(0, 180).replace(/\s+\S*$/, "")} …` : text);

  const show = (entry) => {
    const item = element("li", "md-search-result__item", "");
    const link = element("a", "md-search-result__link pp-found", "");
    link.href = new URL(entry.at, base);
    const kind = element("span", "pp-found__kind", entry.kind);
    if (entry.where) kind.append(element("span", "pp-found__where", entry.where));
    link.append(
      kind,
      element("span", `pp-found__title${entry.quoted ? " pp-found__title--said" : ""}`, entry.quoted ? `“${entry.title}”` : entry.title),
      element("span", "pp-found__answer", shorten(entry.answer)),
    );
    item.append(link);
    return item;
  };

  let latest = 0;
  const update = async () => {
    const turn = ++latest;
    const typed = input.value.trim();
    form.classList.toggle("pp-typed", Boolean(typed));
    if (!typed) {
      status.textContent = nothingTyped;
      list.replaceChildren();
      return;
    }
    try {
      const found = await find(typed);
      if (turn !== latest) return;
      list.replaceChildren(...found.map(show));
      list.dataset.query = typed;
      status.textContent = found.length
        ? `${found.length === MOST_RESULTS ? "The best " : ""}${found.length} ${found.length === 1 ? "answer" : "answers"}`
        : "Nothing found. Try the words that they used, or fewer of them.";
    } catch (error) {
      status.textContent = `The search cannot be used: ${error.message}.`;
    }
  };

  const open = () => {
    toggle.checked = true;
    input.focus();
  };

  const close = () => {
    toggle.checked = false;
    input.blur();
  };

  const links = () => [...list.querySelectorAll("a")];

  input.addEventListener("focus", () => {
    toggle.checked = true;
    index().catch(() => {});
  });
  input.addEventListener("input", update);
  toggle.addEventListener("change", () => toggle.checked && input.focus());
  form.addEventListener("reset", () => {
    setTimeout(() => {
      update();
      input.focus();
    });
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await update();
    links()[0]?.click();
  });
  list.addEventListener("click", close);

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      open();
    } else if (!toggle.checked) {
      return;
    } else if (event.key === "Escape" || (event.key === "Tab" && !event.shiftKey && event.target === links().at(-1))) {
      close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const stops = [input, ...links()];
      const next = stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
      stops[(next + stops.length) % stops.length].focus();
      event.preventDefault();
    }
  });

  /* The field of the home page hands over what is typed into it. */
  for (const asking of document.querySelectorAll(".pp-ask")) {
    const handOver = () => {
      open();
      input.value = asking.elements.q.value;
      asking.elements.q.value = "";
      update();
    };
    asking.addEventListener("input", handOver);
    asking.addEventListener("submit", (event) => {
      event.preventDefault();
      handOver();
    });
  }
})();
