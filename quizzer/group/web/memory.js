// What this browser remembers of a session, by its join code: who one is, and what is not handed in yet.

const PREFIX = "quizzer:";

/** The stored value of *key*, or null; a browser that stores nothing forgets everything. */
function read(key) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + key));
  } catch {
    return null;
  }
}

function write(key, value) {
  try {
    if (value === null) localStorage.removeItem(PREFIX + key);
    else localStorage.setItem(PREFIX + key, JSON.stringify(value));
  } catch {
    // Private browsing or a full store: the session works, it only does not survive a reload.
  }
}

export const lastCode = () => read("last") ?? "";
export const lastName = () => read("name") ?? "";
export const identity = (code) => read(`session:${code}`);
export const draft = (code) => read(`draft:${code}`);
export const saveDraft = (code, value) => write(`draft:${code}`, value);

/** Remembers who one is in the session *code*: {token, personal, name}. */
export function remember(code, who) {
  write(`session:${code}`, who);
  write("last", code);
  write("name", who.name);
}

/** Forgets who one was in the session *code*. */
export function forget(code) {
  write(`session:${code}`, null);
  write(`draft:${code}`, null);
  if (lastCode() === code) write("last", null);
}
