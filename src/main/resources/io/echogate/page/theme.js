// Runs before anything is painted, so that a remembered choice does not flash. Without one the system decides.
(() => {
  const key = 'echogate-theme';
  const root = document.documentElement;
  const remembered = () => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // Storage may be forbidden; the choice then lasts as long as the page.
    }
  };
  const apply = (theme) => {
    if (theme === 'dark' || theme === 'light') {
      root.dataset.theme = theme;
    }
  };
  const current = () =>
    root.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');

  apply(remembered());
  document.addEventListener('click', (event) => {
    if (event.target.closest('[data-theme-toggle]')) {
      const next = current() === 'dark' ? 'light' : 'dark';
      apply(next);
      try {
        localStorage.setItem(key, next);
      } catch {
        return;
      }
    }
  });
})();
