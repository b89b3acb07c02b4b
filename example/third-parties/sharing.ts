import type { Routes } from './third-party';

/** A social network's share button, which nobody wrote into the cookie policy. */
export const sharing: Routes = (app, origin) => {
  app.get('/button.js', (c) => c.body(buttonScript(origin()), 200, { 'Content-Type': 'text/javascript' }));
  app.get('/pixel.svg', (c) =>
    c.body('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>', 200, { 'Content-Type': 'image/svg+xml' }),
  );
  app.post('/shares', (c) => c.json({ shares: 1 }));
};

/** Puts the button where the page wants it, and reports the visit whether or not anyone shares anything. */
const buttonScript = (origin: string) => `(() => {
  const report = async (event) => {
    const response = await fetch('${origin}/shares?event=' + event, { method: 'POST', credentials: 'include', body: location.href });
    return response.json();
  };
  for (const place of document.querySelectorAll('[data-share]')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'button quiet';
    button.textContent = place.dataset.share;
    button.addEventListener('click', () => report('share'));
    place.append(button);
  }
  report('view');
})();
`;
