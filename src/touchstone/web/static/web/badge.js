// <touchstone-badge organisation="KEY" size="large|small" ground="light|dark|auto">
//
// Shows the label of an organisation as it stands when the page is looked at: it asks the register that this
// script comes from, and never keeps an answer. Until there is one, and where there is none, what stands inside
// the element is shown: put a plain <img> there. No cookie is set or sent, nothing is stored, nobody is counted.
// `referrerpolicy` is respected as on an <img>. `ground="auto"` follows what the reader has set.
//
// The page's policy must allow the register's host for scripts, connections and images; no style is needed.

const REGISTER = new URL(".", import.meta.url);
const SIZES = { large: [384, 200], small: [176, 56] };
const night = matchMedia("(prefers-color-scheme: dark)");

const looks = new CSSStyleSheet();
looks.replaceSync(":host { display: inline-block } a { display: inline-block } img { display: block; max-width: 100%; height: auto }");

class TouchstoneBadge extends HTMLElement {
  static observedAttributes = ["organisation", "size", "ground", "referrerpolicy"];
  #turn = 0;
  #placed = false;
  #again = () => this.#show();

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [looks];
    root.append(document.createElement("slot"));
  }

  connectedCallback() {
    this.#placed = true;
    night.addEventListener("change", this.#again);
    this.#show();
  }

  disconnectedCallback() {
    this.#placed = false;
    night.removeEventListener("change", this.#again);
    this.#turn += 1;
  }

  attributeChangedCallback() {
    if (this.#placed) this.#show(); // not for each attribute that the element begins with
  }

  // What was asked for last is shown, in whatever order the answers come.
  async #show() {
    const turn = (this.#turn += 1);
    const shown = await this.#badge().catch(() => document.createElement("slot"));
    if (turn === this.#turn) this.shadowRoot.replaceChildren(shown);
  }

  async #badge() {
    const key = encodeURIComponent(this.getAttribute("organisation") ?? "");
    const referrerPolicy = this.getAttribute("referrerpolicy") ?? "";
    const answer = await fetch(new URL(`${key}.json`, REGISTER), { credentials: "omit", cache: "no-cache", referrerPolicy });
    if (!answer.ok) throw new Error(`The register answered ${answer.status}.`);
    const label = await answer.json();
    const link = document.createElement("a");
    link.href = label.page;
    link.referrerPolicy = referrerPolicy;
    // Where a page may not load the picture, the same stands there in words.
    const words = `${label.title}. ${label.state}.`;
    link.append(await this.#picture(key, label, words, referrerPolicy).catch(() => words));
    return link;
  }

  async #picture(key, label, words, referrerPolicy) {
    const size = this.getAttribute("size") in SIZES ? this.getAttribute("size") : "large";
    const image = new Image(...SIZES[size]);
    image.referrerPolicy = referrerPolicy;
    image.alt = words;
    const address = new URL(`${key}.svg`, REGISTER);
    // The state is in the address only so that no cache gives the picture of an earlier one.
    address.search = new URLSearchParams({ size, ground: this.#ground(), state: `${label.standing} ${label.number} ${label.valid_until}` });
    image.src = address;
    await image.decode();
    return image;
  }

  #ground() {
    const asked = this.getAttribute("ground");
    if (asked === "auto") return night.matches ? "dark" : "light";
    return asked === "dark" ? "dark" : "light";
  }
}

if (!customElements.get("touchstone-badge")) customElements.define("touchstone-badge", TouchstoneBadge);
