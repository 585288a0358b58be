/* Comforts for those whose browser runs scripts; every page does all of its work without this file.
   "/" goes to the search box, which completes what is typed; a pointer that ticks a box or picks an order applies it
   at once and finds itself where it was; on a narrow screen the filters stand behind a button; dragging over the bars
   chooses dates; long lists narrow as one types; a click copies a link or a citation. */
(() => {
  "use strict";

  const box = document.getElementById("q");
  const form = document.getElementById("find");
  const filters = document.getElementById("filters");
  const narrow = window.matchMedia("(max-width: 56rem)");
  const remembered = "morgue-control";

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, select, textarea, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey || !box) return;
    event.preventDefault();
    box.focus();
    box.select();
  });

  /* Keyboards choose one thing after the other and then apply; only a pointer is taken at its word at once. */
  let pointed = false;
  document.addEventListener("pointerdown", () => { pointed = true; }, true);
  document.addEventListener("keydown", () => { pointed = false; }, true);

  document.addEventListener("change", (event) => {
    const control = event.target;
    if (!form || !pointed || control.form !== form || !control.matches('select, input[type="checkbox"]')) return;
    if (narrow.matches && filters?.contains(control)) return; /* there one chooses, and then applies */
    remember({ id: control.id, value: control.value, name: control.name, top: window.scrollY });
    form.requestSubmit();
  });

  /* What is empty or as ever need not stand in the address. */
  if (form) {
    form.addEventListener("submit", () => {
      for (const control of form.elements) {
        if (control.name && control.value === "" && control.name !== "q") control.disabled = true;
      }
      setTimeout(() => { for (const control of form.elements) control.disabled = false; });
    });
  }

  function remember(place) {
    try { sessionStorage.setItem(remembered, JSON.stringify(place)); } catch { /* storage is closed: nothing is lost */ }
  }

  function recall() {
    try {
      const place = JSON.parse(sessionStorage.getItem(remembered) || "null");
      sessionStorage.removeItem(remembered);
      return place;
    } catch { return null; }
  }

  for (const link of document.querySelectorAll("a.to-filters")) folding(link, filters);

  const place = recall();
  if (form && place) {
    const same = [...form.elements].find((control) => control.name === place.name && control.value === place.value);
    const control = same || document.getElementById(place.id);
    window.scrollTo({ top: place.top, behavior: "instant" });
    control?.closest("details")?.setAttribute("open", ""); /* a group that nothing is chosen in any more is folded */
    if (control) control.focus({ preventScroll: true });
  }

  if (box) completing(box);
  for (const drawing of document.querySelectorAll("svg[data-since]")) brushing(drawing);
  for (const list of document.querySelectorAll("[data-narrows]")) narrowing(list);
  for (const button of document.querySelectorAll("button[data-copies]")) copying(button);

  /* The filters of a narrow screen: behind a button above the stories. Without scripts a link leads down to them. */
  function folding(link, panel) {
    const beside = panel.parentElement;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet to-filters";
    button.textContent = link.textContent;
    button.setAttribute("aria-controls", panel.id);
    link.replaceWith(button);
    const fold = (away) => {
      panel.hidden = away;
      button.setAttribute("aria-expanded", String(!away));
    };
    const lay = () => {
      if (narrow.matches) button.parentElement.after(panel);
      else beside.append(panel);
      fold(narrow.matches);
    };
    button.addEventListener("click", () => fold(!panel.hidden));
    narrow.addEventListener("change", lay);
    lay();
  }

  /* The search box as a combobox (WAI-ARIA 1.2, list autocomplete, manual selection): the plain form stays what it is. */
  function completing(input) {
    const list = document.createElement("ul");
    list.id = `${input.id}-completions`;
    list.className = "completions";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.dataset.completions);
    input.parentElement.append(list);
    input.type = "text";
    input.enterKeyHint = "search";
    const states = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id };
    for (const [name, value] of Object.entries(states)) input.setAttribute(name, value);

    let asked = null;
    let waiting = 0;
    let chosen = -1;
    let typed = input.value;

    function shut() {
      clearTimeout(waiting);
      if (asked) asked.abort();
      chosen = -1;
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function choose(place) {
      const options = [...list.children];
      chosen = place;
      options.forEach((option, number) => option.setAttribute("aria-selected", String(number === place)));
      if (place < 0) input.removeAttribute("aria-activedescendant");
      else {
        input.setAttribute("aria-activedescendant", options[place].id);
        options[place].scrollIntoView({ block: "nearest" });
      }
      input.value = place < 0 ? typed : options[place].dataset.text;
    }

    function take(option) {
      input.value = option.dataset.text;
      shut();
      input.form.requestSubmit();
    }

    function show(suggestions) {
      const options = suggestions.map((suggestion, number) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${number}`;
        option.dataset.text = suggestion.text;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        const name = document.createElement("span");
        name.className = "name";
        name.textContent = suggestion.label;
        option.append(name);
        if (suggestion.count) {
          const count = document.createElement("span");
          count.className = "count";
          count.textContent = suggestion.count.toLocaleString(document.documentElement.dataset.locale);
          option.append(" ", count);
        }
        return option;
      });
      list.replaceChildren(...options);
      chosen = -1;
      input.removeAttribute("aria-activedescendant");
      list.hidden = options.length === 0;
      input.setAttribute("aria-expanded", String(options.length > 0));
    }

    async function ask() {
      if (asked) asked.abort();
      asked = new AbortController();
      const wanted = typed;
      try {
        const answer = await fetch(`/api/v1/suggest?q=${encodeURIComponent(wanted)}`, { signal: asked.signal });
        if (answer.ok && wanted === typed && document.activeElement === input) show((await answer.json()).suggestions);
      } catch { /* another letter was typed, or the archive cannot be reached: the form works as ever */ }
    }

    input.addEventListener("input", () => {
      typed = input.value;
      clearTimeout(waiting);
      if (typed.trim().length < 2) shut();
      else waiting = setTimeout(ask, 120);
    });

    input.addEventListener("keydown", (event) => {
      if (event.isComposing || event.ctrlKey || event.metaKey) return;
      const many = list.children.length;
      const open = !list.hidden;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        if (!open) {
          if (event.key === "ArrowDown" && !event.altKey && typed.trim().length > 1) ask();
          return;
        }
        event.preventDefault();
        const step = event.key === "ArrowDown" ? 1 : -1;
        choose(((chosen + 1 + step + many + 1) % (many + 1)) - 1);
      } else if (event.key === "Escape" && open) {
        event.preventDefault();
        input.value = typed;
        shut();
      } else if (event.key === "Enter") {
        shut();
      }
    });

    input.addEventListener("blur", shut);
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) take(option);
    });
  }

  /* Dragging over the bars fills the two date fields and applies them; the fields do the same without a pointer. */
  function brushing(drawing) {
    const since = document.getElementById("since");
    const until = document.getElementById("until");
    if (!form || !since || !until) return;
    const [firsts, lasts] = [drawing.dataset.since.split(" "), drawing.dataset.until.split(" ")];
    const band = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    band.setAttribute("class", "band");
    band.setAttribute("height", drawing.getAttribute("height"));
    let from = -1;
    let to = -1;
    let begun = 0;

    const barAt = (event) => {
      const { left, width } = drawing.getBoundingClientRect();
      return Math.min(firsts.length - 1, Math.max(0, Math.floor(((event.clientX - left) / width) * firsts.length)));
    };
    const letGo = () => { from = to = -1; band.remove(); drawing.classList.remove("brushed"); };

    drawing.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || event.pointerType === "touch") return;
      from = barAt(event);
      begun = event.clientX;
    });
    drawing.addEventListener("dragstart", (event) => event.preventDefault());
    window.addEventListener("pointermove", (event) => {
      if (from < 0 || (to < 0 && Math.abs(event.clientX - begun) < 6)) return;
      to = barAt(event);
      const first = Math.min(from, to);
      band.setAttribute("x", `${(100 * first) / firsts.length}%`);
      band.setAttribute("width", `${(100 * (Math.abs(from - to) + 1)) / firsts.length}%`);
      drawing.classList.add("brushed");
      drawing.append(band);
    });
    window.addEventListener("pointerup", () => {
      if (from >= 0 && to >= 0) {
        since.value = firsts[Math.min(from, to)];
        until.value = lasts[Math.max(from, to)];
        /* The click that follows would open the bar under the pointer. */
        window.addEventListener("click", (event) => event.preventDefault(), { capture: true, once: true });
        form.requestSubmit();
      }
      letGo();
    });
    window.addEventListener("pointercancel", letGo);
    window.addEventListener("keydown", (event) => { if (event.key === "Escape") letGo(); });
  }

  /* A field that narrows the list below it as one types; its form does the same for lists that are cut off. */
  function narrowing(input) {
    const list = document.getElementById(input.dataset.narrows);
    if (!list) return;
    const said = document.getElementById(`${input.id}-said`);
    const alone = { ł: "l", ø: "o", đ: "d", ð: "d", þ: "th", ß: "ss", æ: "ae", œ: "oe", ı: "i" };
    const bare = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
    const plain = (text) => bare(text).replace(/[łøđðþßæœı]/g, (letter) => alone[letter]);
    input.addEventListener("input", () => {
      const wanted = plain(input.value.trim());
      let shown = 0;
      for (const item of list.children) {
        const kept = plain(item.querySelector(".name").textContent).includes(wanted);
        item.hidden = !kept && !item.querySelector(":checked");
        shown += Number(!item.hidden);
      }
      if (said) said.textContent = `${said.dataset.said} ${shown}`;
    });
  }

  /* Buttons that copy a link or a citation show themselves only where copying works. */
  function copying(button) {
    if (!navigator.clipboard) return;
    const named = document.getElementById(button.dataset.copies);
    const name = button.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(named ? named.textContent.trim() : button.dataset.copies);
        button.textContent = button.dataset.done;
        setTimeout(() => { button.textContent = name; }, 2000);
      } catch { /* the browser forbids it: the text can still be selected */ }
    });
  }
})();
