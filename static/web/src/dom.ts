// Building the page's elements. Text from outside becomes text nodes only, and a link is made only of an
// http(s) address, so nothing in a dataset can become markup or script.

export type Child = Node | string | null | undefined | false;
export type Attributes = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Makes an element. An attribute that is false, null or undefined is left out; true is written empty. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  return fill(document.createElement(tag), attributes, children);
}

const svgSpace = 'http://www.w3.org/2000/svg';

/** Makes an SVG element, as el does. */
export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): SVGElementTagNameMap[K] {
  return fill(document.createElementNS(svgSpace, tag), attributes, children);
}

function fill<E extends Element>(element: E, attributes: Attributes, children: Child[]): E {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Makes a button that does one thing. */
export function button(label: Child, act: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const made = el('button', { type: 'button', ...attributes }, label);
  made.addEventListener('click', act);
  return made;
}

/** Says whether an address may become a link: http and https only, relative ones included. */
export function isLink(address: string): boolean {
  try {
    return /^https?:$/.test(new URL(address, location.href).protocol);
  } catch {
    return false;
  }
}

/** Makes a link, or, for an address that may not be one, the label alone. */
export function link(address: string | null | undefined, label: Child, attributes: Attributes = {}): HTMLElement {
  if (!address || !isLink(address)) return el('span', {}, label);
  return el('a', { href: address, rel: 'noopener noreferrer', ...attributes }, label);
}

/** Wraps a number with its sign or unit so that it reads left to right inside any text. */
export function ltr(text: string): HTMLElement {
  return el('bdi', { dir: 'ltr', class: 'num' }, text);
}
