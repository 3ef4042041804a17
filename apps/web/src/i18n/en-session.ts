/** What happened to a session, in plain words, and what can be done at a turn. */
export const sessionTexts = {
  moved: {
    limit: (from: string, to: string): string =>
      `The time of the session with ${from} was up. ${to} goes on in a new one.`,
    notice: (from: string, to: string): string => `${from} ended its session. ${to} goes on in a new one.`,
    lost: (from: string, to: string): string => `The connection to ${from} broke. ${to} goes on.`,
    failover: (from: string, to: string): string => `${from} dropped out. ${to} goes on.`,
    restart: (_from: string, to: string): string => `The gateway was restarted. ${to} goes on.`,
    settings: (_from: string, to: string): string =>
      `The new settings needed a new session. ${to} goes on with them.`,
  },
  begun: (to: string): string => `${to} goes on.`,
  stoodIn: (from: string, to: string): string => `${from} could not be reached. ${to} answers instead.`,
  switched: (from: string, to: string): string => `${to} answers from here on, no longer ${from}.`,
  copied: {
    forked: 'Continued from another conversation, which stays as it was.',
    imported: 'A copy, imported from a file.',
  },
  original: (title: string): string => `Open “${title}”`,
  warned: 'The gateway left out what this backend cannot do.',
  details: 'Details',
  knowsNothing: 'It does not know what was said before.',
  unfinished: 'The answer that broke off is kept as far as you heard it.',
  resumed: 'The connection was gone for a moment. Nothing is lost.',
  continued: 'The connection was gone for a while. The conversation goes on in a new session.',
  behind: 'The gateway cannot store what is said at the moment. It catches up as soon as it can.',
  caughtUp: 'The gateway has stored everything that was late.',
  whatItWasTold: 'What it was told',
  brokeOff: 'Broke off',
  turnActions: (words: string): string => `Actions for “${words}”`,
  continueFrom: 'Continue from here in a new conversation',
  playSound: 'Play the kept sound',
  stopSound: 'Stop the sound',
  remember: 'Remember this as a fact',
  remembered: 'Remembered.',
  noSound: 'No sound is kept of this.',
}
