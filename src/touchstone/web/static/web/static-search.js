// Searches an exported register in the reader's browser, as forgiving as the register itself: accents, other
// letters, case and the order of words do not matter, and where nothing is found one word may have one typing
// error. The names are loaded when somebody begins to type, and nothing that is typed leaves the browser.

const SHOWN = 50;
const SHORTEST_BEGINNING = 3;
const SHORTEST_MISTYPED = 4;

export function folder(folded) {
  return (text) =>
    Array.from(text.normalize("NFC").replace(/['’‘ʼ`´]/g, "").toLowerCase(), (letter) => folded[letter] ?? letter)
      .join("")
      .normalize("NFKD")
      .replace(/(?![\p{L}\p{N}])./gsu, (mark) => (/\p{Mn}/u.test(mark) ? "" : " "))
      .split(/\s+/)
      .filter(Boolean);
}

// Whether two words are alike but for one letter too many, too few, wrong, or two that have changed places.
export function oneErrorApart(one, other) {
  if (Math.abs(one.length - other.length) > 1) return false;
  let start = 0;
  while (start < one.length && one[start] === other[start]) start += 1;
  const [a, b] = [one.slice(start), other.slice(start)];
  return (
    a.slice(1) === b.slice(1) ||
    a === b.slice(1) ||
    a.slice(1) === b ||
    (a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2))
  );
}

export function found(rows, words) {
  const begins = (names, word) => names.some((name) => (word.length < SHORTEST_BEGINNING ? name === word : name.startsWith(word)));
  const exact = rows.filter((row) => words.every((word) => begins(row.words, word)));
  if (exact.length || !words.length) return exact;
  return rows.filter((row) => {
    const missing = words.filter((word) => !begins(row.words, word));
    return missing.length === 1 && missing[0].length >= SHORTEST_MISTYPED && row.words.some((name) => oneErrorApart(missing[0], name));
  });
}

async function loaded(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

async function register(index) {
  const shards = await Promise.all(index.shards.map(loaded));
  return shards.flat().map(([key, name, country, level, standing, until, words]) => ({ key, name, country, level, standing, until, words: words.split(" ") }));
}

function line(row, index) {
  const item = document.createElement("li");
  const link = Object.assign(document.createElement("a"), { href: `/register/${row.key}/`, textContent: row.name });
  const about = Object.assign(document.createElement("span"), {
    className: "soft small",
    textContent: ` ${index.countries[row.country] ?? row.country} · ${index.levels[row.level]}, ${index.standings[row.standing]} · ${row.until}`,
  });
  item.append(link, about);
  return item;
}

async function begin(place) {
  const index = await loaded(place.dataset.staticSearch);
  const fold = folder(index.folded);
  const form = document.createElement("form");
  form.setAttribute("role", "search");
  const field = Object.assign(document.createElement("input"), { id: "static-q", name: "q", type: "search", className: "form-control", autocomplete: "off" });
  const label = Object.assign(document.createElement("label"), { htmlFor: field.id, textContent: index.says.label });
  const said = document.createElement("p");
  said.setAttribute("role", "status");
  const list = Object.assign(document.createElement("ul"), { className: "plain-list static-found" });
  form.append(label, field);
  place.replaceChildren(form, said, list);

  let names;
  let turn = 0;
  async function show() {
    const words = fold(field.value);
    const mine = (turn += 1);
    try {
      if (words.length) names ??= register(index);
      const rows = words.length ? found(await names, words) : [];
      if (mine !== turn) return;
      list.replaceChildren(...rows.slice(0, SHOWN).map((row) => line(row, index)));
      said.textContent = words.length && !rows.length ? index.says.none : rows.length > SHOWN ? index.says.many : "";
    } catch {
      names = undefined;
      said.textContent = index.says.failed;
    }
  }
  field.addEventListener("input", show);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show();
  });
  field.value = new URLSearchParams(location.search).get("q") ?? "";
  if (field.value) show();
}

for (const place of globalThis.document?.querySelectorAll("[data-static-search]") ?? []) begin(place);
