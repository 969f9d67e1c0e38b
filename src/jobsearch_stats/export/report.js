"use strict";
for (const table of document.querySelectorAll("table.sortable")) {
  const body = table.tBodies[0];
  const headings = [...table.tHead.rows[0].cells];
  const key = (row, at) => {
    const cell = row.cells[at];
    return cell.dataset.sort ?? cell.textContent.trim();
  };
  const number = (said) => {
    const plain = said.replace(/[\s,%]/g, "").replace("\u2212", "-");
    return plain !== "" && plain !== "\u2013" && isFinite(plain) ? Number(plain) : null;
  };
  const compare = (a, b) => {
    const [x, y] = [number(a), number(b)];
    return x !== null && y !== null ? x - y : a.localeCompare(b, "en", { numeric: true });
  };
  headings.forEach((heading, at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => {
      const down = heading.getAttribute("aria-sort") === "ascending";
      headings.forEach((each) => each.removeAttribute("aria-sort"));
      heading.setAttribute("aria-sort", down ? "descending" : "ascending");
      const rows = [...body.rows].map((row) => [key(row, at), row]);
      const blank = rows.filter(([said]) => said === "");
      const filled = rows.filter(([said]) => said !== "");
      filled.sort(([a], [b]) => (down ? compare(b, a) : compare(a, b)));
      body.append(...[...filled, ...blank].map(([, row]) => row));
    });
  });
}
