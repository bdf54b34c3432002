/** Where the window's page begins. */
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import './app/app.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { guardDrops } from './app/drop-guard.ts';
import { guardLeaving } from './app/leave-guard.ts';
import { sayInWords } from './i18n/form-words.ts';

guardLeaving();
guardDrops();
sayInWords();

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
