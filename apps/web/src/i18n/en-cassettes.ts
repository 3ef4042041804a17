/** Recording of sessions, and what becomes of the recordings. */
export const cassetteTexts = {
  label: 'Record a cassette',
  kinds: { off: 'Off', events: 'Events', audio: 'With sound' },
  keeps: {
    off: 'No cassette is recorded. One would play the session again as if its backend were there.',
    events:
      'From the next connection on, the gateway keeps what you and the backend say as text, with the time of everything. Of the sound only its length.',
    audio:
      'From the next connection on, the gateway keeps everything: your voice, the answers and their times.',
  },
  apart: 'The conversation itself is kept in any case, and its sound where that is chosen under Memory.',
  removed: 'Keys and tokens are removed before anything is written.',
  list: 'Cassettes',
  empty: 'Nothing has been recorded yet.',
  failed: 'The cassettes cannot be loaded.',
  retry: 'Try again',
  seconds: (value: string): string => `${value} s`,
  incomplete: 'incomplete',
  actions: (name: string): string => `Cassette ${name}`,
  replay: 'Replay',
  save: 'Save as a file',
  delete: 'Delete',
}
