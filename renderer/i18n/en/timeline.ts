export const timeline = {
  title: 'Timeline',
  empty: 'Nothing happened yet',
  emptyHint: 'Interactions, calls, stage moves and consent appear here, newest first.',
  registration: 'Registered',
  registrationIs: 'Registration: {{status}}',
  checkIn: 'Checked in',
  task: 'Task: {{kind}}',
  call: 'Call: {{outcome}}',
} as const;
