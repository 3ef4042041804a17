/** What every view shows around itself. */
export const shellTexts = {
  navigation: 'Views',
  views: { talk: 'Talk', compare: 'Compare', runs: 'Runs', votes: 'Votes', listen: 'Listen', docs: 'Docs' },
  titles: {
    talk: 'Parley',
    compare: 'Compare · Parley',
    runs: 'Runs · Parley',
    votes: 'Votes · Parley',
    listen: 'Listening lab · Parley',
  },
  notFound: {
    title: 'Nothing is at this address.',
    text: 'The link may be old or mistyped. Everything Parley has is in one of these views.',
    window: 'Not found · Parley',
  },
  skipToContent: 'Skip to the content',
  more: 'Language, appearance and keys',
  gone: {
    title: 'The gateway does not answer.',
    advice:
      'This page goes on by itself as soon as it is back. If nobody is starting it again: npm start does.',
  },
  offline: {
    title: 'This device has no network.',
    advice: 'This page goes on by itself as soon as there is one.',
  },
  keys: {
    open: 'Keyboard shortcuts',
    title: 'Keyboard shortcuts',
    close: 'Close',
    everywhere: 'Everywhere',
    here: 'In this view',
    showThis: 'Show this list',
    nextPart: 'To the next control',
    closeDialog: 'Close a dialog',
    single: 'Use single keys such as ?',
    singleHint: 'Turn this off if you speak to your computer or if keys are pressed by accident.',
    names: {
      space: 'Space',
      escape: 'Esc',
      enter: 'Enter',
      tab: 'Tab',
      shift: 'Shift',
      control: 'Ctrl',
      home: 'Home',
      end: 'End',
    },
    talk: {
      hold: 'Hold to talk, with push to talk',
      stop: 'Stop the answer',
      send: 'Send the typed message',
      line: 'New line in the message',
    },
  },
}
