/* The search field of the home page hands what is typed to the theme's search. */
"use strict";

for (const form of document.querySelectorAll(".pp-ask")) {
  const ask = form.querySelector("input");
  const toggle = document.querySelector("#__search");
  const search = document.querySelector(".md-search__input");

  const handOver = () => {
    toggle.checked = true;
    toggle.dispatchEvent(new Event("change"));
    search.focus();
    search.value = ask.value;
    search.dispatchEvent(new Event("input", { bubbles: true }));
    search.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
    ask.value = "";
  };

  if (toggle && search) {
    ask.addEventListener("input", handOver);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      handOver();
    });
  }
}
