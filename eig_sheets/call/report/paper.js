"use strict";
// The size of the text on paper: that at which there are at most eight pages and the last is no less than half full.
(() => {
  const [WIDTH, HEIGHT, MOST] = [188, 272, 8]; // millimetres of an A4 page within its margins; pages
  const [LEAST, FULL] = [0.6, 0.95]; // of the last page: as measured here, a little more or less on paper
  const SIZES = [1, 1.02, 1.04, 1.06, 1.08, 0.98, 0.96, 1.1, 0.94, 0.92, 1.12, 0.9];

  // The pages at a size, as a browser breaks them into columns of a page's height.
  function pages(size) {
    const { body } = document;
    const column = `${WIDTH / size}mm`;
    Object.assign(body.style, { zoom: size, width: column, height: `${HEIGHT / size}mm`, columns: column, columnGap: 0 });
    body.style.columnFill = "auto";
    const [start, end] = [body.getBoundingClientRect(), document.querySelector("footer").getClientRects()];
    const last = end[end.length - 1];
    const page = Math.round((last.left - start.left) / (start.width || 1));
    return { count: page + 1, full: (last.bottom - start.top) / start.height };
  }

  function fit() {
    const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
    const printed = rules.filter((rule) => rule.media && rule.media.mediaText === "print");
    for (const rule of printed) rule.media.mediaText = "all";
    const fits = SIZES.find((size) => {
      const { count, full } = pages(size);
      return count <= MOST && full <= FULL && (full >= LEAST || count === 1);
    });
    for (const rule of printed) rule.media.mediaText = "print";
    document.body.removeAttribute("style");
    document.body.style.zoom = fits || 1;
  }

  window.addEventListener("beforeprint", fit);
  window.addEventListener("afterprint", () => document.body.removeAttribute("style"));
})();
