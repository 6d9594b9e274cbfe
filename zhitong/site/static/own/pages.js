/* What pages gain from scripts. Every page works without this file. */
"use strict";

(() => {
  const TYPED_BEFORE_SEARCH = 300;

  /* A text input of a code or a name becomes a searchable select; what it sends stays the same text. */
  const searchable = (input) => {
    if (!window.TomSelect || input.tomselect) return;
    const chosen = input.value;
    const shown = (text) => ("numbered" in input.dataset ? text.replace(/^\d+ /, "") : text); // our numbers say nothing
    const select = new TomSelect(input, {
      valueField: "value", labelField: "value", searchField: [], maxItems: 1, create: true, createOnBlur: true,
      persist: false, delimiter: "\u0000", loadThrottle: TYPED_BEFORE_SEARCH, closeAfterSelect: true,
      plugins: input.required ? [] : ["clear_button"],
      options: chosen ? [{ value: chosen, hint: "" }] : [],
      score: () => () => 1,
      shouldLoad: (typed) => typed.trim().length > 0,
      load(typed, done) {
        const url = new URL(input.dataset.search, location.href);
        url.searchParams.set("q", typed);
        this.clearOptions();
        fetch(url, { headers: { Accept: "application/json" } })
          .then((answer) => (answer.ok ? answer.json() : { found: [] }))
          .then((answer) => done(answer.found), () => done());
      },
      render: {
        option: (one, escape) =>
          `<div>${escape(shown(one.value))}${one.hint ? `<span class="hint">${escape(one.hint)}</span>` : ""}</div>`,
        item: (one, escape) => `<div>${escape(shown(one.value))}</div>`,
        option_create: () => null,
        no_results: () => null,
      },
    });
    const label = document.querySelector(`label[for="${input.id}"]`);
    if (label) label.htmlFor = select.control_input.id;
    input.setAttribute("aria-hidden", "true"); // the select speaks for it
  };

  const pickedRows = (form) => form.querySelectorAll("input[name=pk]:checked").length;

  const bulk = (form) => {
    const all = form.querySelector("[data-pick-all]");
    const said = form.querySelector("[data-picked]");
    const first = said ? said.textContent : "";
    const say = () => {
      const many = pickedRows(form);
      if (said) said.textContent = many ? `${said.dataset.picked} ${many}` : first;
      for (const one of form.querySelectorAll(".bulk-bar button")) one.disabled = many === 0;
    };
    if (all) all.addEventListener("change", () => {
      for (const one of form.querySelectorAll("input[name=pk]")) one.checked = all.checked;
      say();
    });
    form.addEventListener("change", say);
    say();
  };

  const within = (root) => {
    root.querySelectorAll("input[data-search]").forEach(searchable);
    root.querySelectorAll(".bulk-form").forEach(bulk);
    if (window.matchMedia("(max-width: 991.98px)").matches)
      root.querySelectorAll("details[data-close-when-narrow]").forEach((one) => { one.open = false; });
    const wrong = root.querySelector("[autofocus]");
    if (wrong) wrong.focus();
  };

  /* A second click on a form that is being sent does nothing; the nonce would stop it as well. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || form.dataset.sent) { if (form.dataset.sent) event.preventDefault(); return; }
    form.dataset.sent = "1";
    setTimeout(() => { delete form.dataset.sent; }, 8000);
  });
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sent]").forEach((form) => { delete form.dataset.sent; });
  });

  /* Open menus close on a click elsewhere and on Escape. */
  const closeMenus = (except) => document.querySelectorAll("details.who[open], details.more[open]").forEach((one) => {
    if (one !== except) one.open = false;
  });
  document.addEventListener("click", (event) => closeMenus(event.target.closest("details")));
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") closeMenus(null); });

  /* A wide screen remembers whether the side is collapsed. */
  const side = document.getElementById("navigation-switch");
  if (side && window.matchMedia("(min-width: 992px)").matches) {
    side.checked = localStorage.getItem("side") === "collapsed";
    side.addEventListener("change", () => localStorage.setItem("side", side.checked ? "collapsed" : "open"));
  }

  document.addEventListener("htmx:after:swap", () => within(document));
  within(document);
})();
