/* Comforts for those whose browser runs scripts; every page does all of its work without this file.
   "/" goes to the search box; a pointer that ticks a box or picks an order applies it at once, and finds itself where it was. */
(() => {
  "use strict";

  const box = document.getElementById("q");
  const form = document.getElementById("find");
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

  const place = recall();
  if (form && place) {
    const same = [...form.elements].find((control) => control.name === place.name && control.value === place.value);
    const control = same || document.getElementById(place.id);
    window.scrollTo({ top: place.top, behavior: "instant" });
    if (control) control.focus({ preventScroll: true });
  }
})();
