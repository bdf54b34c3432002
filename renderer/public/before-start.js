// Runs before the page's modules. The page's policy forbids eval: zod must not try to compile its schemas.
globalThis.__zod_globalConfig = { jitless: true };

// Sets the appearance before anything is drawn. Reads what renderer/app/preferences.ts keeps.
(() => {
  let scheme = 'auto';
  try {
    const cookie = document.cookie.split('; ').find((each) => each.startsWith('outpost-view='));
    const text = localStorage.getItem('outpost-view') || (cookie && decodeURIComponent(cookie.slice(13)));
    if (text) scheme = JSON.parse(text).scheme || 'auto';
  } catch {
    // no storage: as the system
  }
  if (scheme === 'auto') scheme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  document.documentElement.setAttribute('data-mantine-color-scheme', scheme);
})();
