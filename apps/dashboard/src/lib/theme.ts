export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const THEME_KEY = 'trunkline-theme';
const DARK = '(prefers-color-scheme: dark)';

/** Runs before the first paint: the kept choice, else what the system says. */
export const themeScript = `(function(){var c=null;try{c=localStorage.getItem('${THEME_KEY}')}catch(e){}var d=c==='dark'||(c!=='light'&&matchMedia('${DARK}').matches);document.documentElement.dataset.theme=d?'dark':'light'})()`;

export function keptTheme(): Theme {
  try {
    const kept = localStorage.getItem(THEME_KEY);
    return kept === 'light' || kept === 'dark' ? kept : 'system';
  } catch {
    return 'system';
  }
}

function showTheme(theme: Theme): void {
  const dark = theme === 'dark' || (theme === 'system' && matchMedia(DARK).matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
}

/** Shows a theme and keeps it; `system` is kept by keeping nothing. */
export function applyTheme(theme: Theme): void {
  showTheme(theme);
  try {
    if (theme === 'system') localStorage.removeItem(THEME_KEY);
    else localStorage.setItem(THEME_KEY, theme);
  } catch {
    // Where nothing may be kept, the choice holds for this page.
  }
}

/**
 * Follows the system as long as nothing else was chosen. Shows the theme at once too: a page that the browser renders
 * by itself, such as the one for a missing address, never ran the script.
 */
export function followTheme(): () => void {
  const show = () => showTheme(keptTheme());
  show();
  const system = matchMedia(DARK);
  system.addEventListener('change', show);
  return () => system.removeEventListener('change', show);
}
