export type Theme = 'auto' | 'light' | 'dark';

const key = 'demarc-theme';
const system = matchMedia('(prefers-color-scheme: dark)');

export const themes: readonly Theme[] = ['auto', 'light', 'dark'];

/** The reader's choice on this device; automatic where none was made or none can be kept. */
export function chosenTheme(): Theme {
  try {
    return themes.find((theme) => theme === localStorage.getItem(key)) ?? 'auto';
  } catch {
    return 'auto';
  }
}

/** Puts a choice in force and keeps it. */
export function chooseTheme(theme: Theme): void {
  try {
    localStorage.setItem(key, theme);
  } catch {
    // A browser that keeps nothing still shows the choice until the page is left.
  }
  applyTheme(theme);
}

export function applyTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
  dispatchEvent(new Event('themechange'));
}

/** The theme in force, which an address may ask for without changing the reader's choice. */
export function theme(): Theme {
  return themes.find((one) => one === document.documentElement.dataset.theme) ?? 'auto';
}

/** Says whether the page is dark now, by choice or by the system. */
export function isDark(): boolean {
  const theme = document.documentElement.dataset.theme;
  return theme === 'dark' || (theme !== 'light' && system.matches);
}

/** Calls back whenever the page turns light or dark. */
export function onTheme(listener: () => void): void {
  addEventListener('themechange', listener);
  system.addEventListener('change', listener);
}
