export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export const THEME_KEY = 'trunkline-theme';

/** Runs before the first paint: the kept choice, else what the system says, also when that changes later. */
export const themeScript = `(function(){var m=matchMedia('(prefers-color-scheme: dark)');function show(){var c=null;try{c=localStorage.getItem('${THEME_KEY}')}catch(e){}document.documentElement.dataset.theme=c==='dark'||(c!=='light'&&m.matches)?'dark':'light'}show();m.addEventListener('change',show)})()`;

/** Shows a theme and keeps it; `system` is kept by keeping nothing. */
export function applyTheme(theme: Theme): void {
  const dark = theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  if (theme === 'system') localStorage.removeItem(THEME_KEY);
  else localStorage.setItem(THEME_KEY, theme);
}

export function keptTheme(): Theme {
  const kept = localStorage.getItem(THEME_KEY);
  return kept === 'light' || kept === 'dark' ? kept : 'system';
}
