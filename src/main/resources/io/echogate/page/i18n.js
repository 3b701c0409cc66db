// Words of the page in the reader's language: one bundle for each, the same keys in all, asked for once before anything is drawn.

export const LANGUAGES = { en: 'English', de: 'Deutsch' };
const KEY = 'echogate-language';
const AGAIN_MILLIS = 1_000;

function remembered() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // Storage may be forbidden; the browser's languages then decide.
  }
}

function wanted() {
  const asked = [remembered(), ...navigator.languages].filter(Boolean).map((l) => l.slice(0, 2).toLowerCase());
  return asked.find((l) => l in LANGUAGES) ?? 'en';
}

/** "en" or "de". */
export const language = wanted();
/** How numbers and times are written: the reader's own kind of that language. */
export const locale = navigator.languages.find((l) => l.toLowerCase().startsWith(language)) ?? language;

/** Tried until it comes: without words there is nothing to show. */
async function load() {
  for (;;) {
    try {
      const answer = await fetch(new URL(`./messages/${language}.json`, import.meta.url));
      if (answer.ok) {
        return await answer.json();
      }
    } catch {
      // The monitor may be restarting.
    }
    await new Promise((again) => setTimeout(again, AGAIN_MILLIS));
  }
}

const messages = await load();
const plurals = new Intl.PluralRules(locale);
const figures = new Intl.NumberFormat(locale);
const lists = new Intl.ListFormat(locale, { type: 'conjunction' });
document.documentElement.lang = language;

/** Another language, from the next moment on: what is shown is drawn anew. */
export function speak(chosen) {
  try {
    localStorage.setItem(KEY, chosen);
  } catch {
    return;
  }
  location.reload();
}

/** The sentence without its values; with `n` among them, in its right number. */
function sentence(key, values) {
  const [section, name] = key.split('.');
  const found = messages[section]?.[name];
  if (found === undefined) {
    throw new Error(`no words for ${key}`);
  }
  return typeof found === 'string' ? found : (found[plurals.select(values.n)] ?? found.other);
}

function shown(value) {
  return typeof value === 'number' ? figures.format(value) : value;
}

/** "section.name" in words, each {value} filled in; what `n` is decides between its singular and plural. */
export function t(key, values = {}) {
  return sentence(key, values).replace(/\{(\w+)\}/g, (_, name) => shown(values[name]) ?? '');
}

/** The same as a list of texts and templates, for values that are more than text. */
export function parts(key, values) {
  return sentence(key, values)
    .split(/(\{\w+\})/)
    .filter((part) => part !== '')
    .map((part) => (part.startsWith('{') ? shown(values[part.slice(1, -1)]) : part));
}

/** Every word of a section by its key, for keys that are codes. */
export function section(name) {
  return messages[name];
}

/** True when there are words for it: for codes that a newer monitor may have. */
export function known(key) {
  const [section, name] = key.split('.');
  return messages[section]?.[name] !== undefined;
}

const rounded = [];

/** 1,234.5 as the reader writes it, with at most so many digits behind the point. */
export function number(value, digits = 1) {
  rounded[digits] ??= new Intl.NumberFormat(locale, { maximumFractionDigits: digits });
  return rounded[digits].format(value);
}

/** "a", "a and b", "a, b and 3 more". */
export function list(items, most = 3) {
  const named = items.length > most ? [...items.slice(0, most - 1), t('words.more', { n: items.length - most + 1 })] : items;
  return lists.format(named);
}
