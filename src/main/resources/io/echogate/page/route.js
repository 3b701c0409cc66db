// Where one is on the page: the part of the address behind the #, so that every view and every moment has a link.

export const VIEWS = ['now', 'past', 'charts', 'incidents', 'record', 'wall'];

/** @returns {{ view: string, params: URLSearchParams }} the first view when the address names none */
export function route() {
  const [view, query] = location.hash.slice(1).split('?');
  return { view: VIEWS.includes(view) ? view : VIEWS[0], params: new URLSearchParams(query ?? '') };
}

/** The address of a view; parameters without a value are left out. */
export function link(view, params = {}) {
  const given = Object.entries(params).filter(([, value]) => value !== null && value !== undefined && value !== '');
  const query = new URLSearchParams(given).toString();
  return `#${view}${query ? `?${query}` : ''}`;
}

/** Goes there; with `replace` so that "back" leaves the view instead of going through each step of a slider. */
export function go(view, params = {}, replace = false) {
  if (replace) {
    history.replaceState(null, '', link(view, params));
    dispatchEvent(new HashChangeEvent('hashchange'));
  } else {
    location.hash = link(view, params);
  }
}
