"use strict";
(() => {
  const KEY = "eig-seance";
  const fresh = document.getElementById("direct");
  const tools = document.getElementById("outils");
  const details = [...document.querySelectorAll("details")];

  // Where the reader is; a browser that keeps nothing of local files begins again at the top.
  function keep() {
    const zone = tools && tools.querySelector("input[name=zone]:checked");
    const state = {
      scroll: window.scrollY,
      zone: zone && zone.value,
      order: tools && document.getElementById("tri").value,
      open: details.map((one) => one.open),
    };
    try {
      sessionStorage.setItem(KEY, JSON.stringify(state));
    } catch {}
  }

  function kept() {
    try {
      return JSON.parse(sessionStorage.getItem(KEY));
    } catch {
      return null;
    }
  }

  function restore(state) {
    if (tools) {
      for (const one of tools.querySelectorAll("input[name=zone]")) one.checked = one.value === (state.zone || "*");
      const order = document.getElementById("tri");
      if ([...order.options].some((one) => one.value === state.order)) order.value = state.order;
      if (!tools.querySelector("input[name=zone]:checked")) {
        const all = tools.querySelector("input[name=zone]");
        if (all) all.checked = true;
      }
      tools.dispatchEvent(new Event("change"));
    }
    details.forEach((one, place) => (one.open = Boolean(state.open && state.open[place])));
    window.scrollTo(0, state.scroll);
  }

  const state = kept();
  if (state) restore(state);
  window.addEventListener("pagehide", keep);
  const seconds = Number(fresh.dataset.seconds);
  if (seconds) window.setTimeout(() => location.reload(), 1000 * seconds);
})();
