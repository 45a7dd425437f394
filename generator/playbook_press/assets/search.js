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

  /* lunr's own list has "no", "not", "say" and "want" on it, which are what many questions are about. */
  const STOP_WORDS = new Set(
    `a about am an and any are as at be been but by can could did do does for from get had has have he her him his
    how i if in into is it its just me my of on or our out she should so some than that the their them then there
    these they this to us was we were what when which while who why will with would you your`.split(/\s+/),
  );

  /* Every word counts if there are no others. */
  const significant = (words) => {
    const kept = words.filter((word) => !STOP_WORDS.has(word));
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
            title: plain(`${entry.title} ${entry.alias ?? ""}`),
            answer: plain(entry.answer),
            more: plain(`${entry.more ?? ""} ${entry.where ?? ""} ${entry.kind}`),
          });
        });
      });
      const alike = new Map();
      for (const group of globalThis.playbooksSynonyms) {
        const stems = [...new Set(group.map(stem))];
        for (const word of stems) alike.set(word, stems);
      }
      return { built, entries, alike };
    });
    return loading;
  };

  const find = async (typed) => {
    const { built, entries, alike } = await index();
    const asked = plain(typed);
    const words = significant(asked.split(" ").filter(Boolean)).slice(0, 16);
    if (!words.length) return [];
    /* What counts as each word: itself and what means the same; the last may still be being typed. */
    const terms = words.map((word, number) => {
      const stemmed = stem(word);
      return {
        stems: alike.get(stemmed) ?? [stemmed],
        stem: stemmed,
        beginning: number === words.length - 1 && word.length > 2 ? word : null,
        known: stemmed in built.invertedIndex,
      };
    });
    const results = built.query((query) => {
      for (const term of terms) {
        query.term(term.stem, { boost: 10 });
        for (const same of term.stems) if (same !== term.stem) query.term(same, { boost: 4 });
        if (term.beginning) query.term(term.beginning, { boost: 3, wildcard: lunr.Query.wildcard.TRAILING });
        /* A word that stands nowhere is a slip, unless it is a word that is being typed. */
        if (!term.known && term.stem.length > 3) {
          query.term(term.stem, { boost: 6, editDistance: term.stem.length > 6 ? 2 : 1 });
        }
      }
    });
    const near = (term, found) =>
      found.some(
        (word) =>
          term.stems.includes(word) ||
          (term.beginning && word.startsWith(term.beginning)) ||
          (!term.known && term.stem.length > 3 && word[0] === term.stem[0] && Math.abs(word.length - term.stem.length) < 3),
      );
    return results
      .map((result) => {
        const entry = entries[Number(result.ref)];
        const { metadata } = result.matchData;
        const found = Object.keys(metadata);
        const titled = found.filter((word) => "title" in metadata[word]);
        const covered = terms.filter((term) => near(term, found)).length / terms.length;
        const named = terms.filter((term) => near(term, titled)).length / terms.length;
        const title = plain(entry.title);
        const exact = title === asked ? 4 : title.includes(asked) ? 2 : 1;
        const weight = exact * (WEIGHTS[entry.kind] ?? 1);
        return { entry, score: result.score ** 0.5 * weight * (0.15 + covered) ** 1.5 * (0.3 + named) ** 1.5 };
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
