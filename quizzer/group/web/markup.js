// The one place where html from the server becomes elements: parsed inertly and rebuilt from what Markdown needs.

const ELEMENTS = new Set(
  (
    "P BR HR EM STRONG S DEL CODE PRE BLOCKQUOTE UL OL LI A H1 H2 H3 H4 H5 H6 SUB SUP " +
    "TABLE THEAD TBODY TR TH TD"
  ).split(" "),
);
const DROPPED = new Set("SCRIPT STYLE TEMPLATE IFRAME OBJECT EMBED NOSCRIPT SVG MATH FORM".split(" "));
const HEADINGS = new Set("H1 H2 H3 H4 H5 H6".split(" "));

const policy = globalThis.trustedTypes?.createPolicy("quizzer", { createHTML: (html) => html });

/** A box with the Markdown that the server rendered as *html*. */
export function rendered(html, { id } = {}) {
  const box = document.createElement("div");
  box.className = "markdown";
  box.dir = "auto";
  if (id) box.id = id;
  const inert = new DOMParser().parseFromString(policy ? policy.createHTML(html) : html, "text/html");
  rebuild(inert.body, box);
  return box;
}

function rebuild(from, into) {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) into.append(node.data);
    else if (node.nodeType === Node.ELEMENT_NODE && !DROPPED.has(node.tagName.toUpperCase())) {
      rebuild(node, ELEMENTS.has(node.tagName) ? into.appendChild(copy(node)) : into);
    }
  }
}

/** The element itself, without its attributes; a heading in a question must not outrank the page's own. */
function copy(node) {
  if (HEADINGS.has(node.tagName)) return Object.assign(document.createElement("p"), { className: "heading" });
  const element = document.createElement(node.tagName);
  if (node.tagName === "PRE") element.tabIndex = 0; // scrolls sideways, so the keyboard must reach it
  if (node.tagName === "OL" && /^\d+$/.test(node.getAttribute("start") ?? "")) element.start = node.start;
  if (node.tagName === "A" && /^https?:\/\//i.test(node.getAttribute("href") ?? "")) {
    element.href = node.getAttribute("href");
    element.target = "_blank"; // the quiz stays open
    element.rel = "noopener noreferrer nofollow";
  }
  return element;
}
