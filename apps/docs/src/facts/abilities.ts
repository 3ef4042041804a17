import type { ReferenceCapabilities } from '../reference/reference.ts'

/** Who does something on a backend. */
export type Doer = 'native' | 'supplied' | 'none'

/** Words for it. */
export const doerWords: Readonly<Record<Doer, string>> = {
  native: 'The backend',
  supplied: 'Parley, in its place',
  none: 'Nobody',
}

/** What people want of a backend, and how its declared capabilities answer. */
export const abilities: readonly {
  readonly title: string
  readonly of: (capabilities: ReferenceCapabilities) => Doer
}[] = [
  {
    title: 'Notices when you have finished',
    of: ({ turnDetection }) => (turnDetection.length > 0 ? 'native' : 'supplied'),
  },
  {
    title: 'Judges by what you said whether you have finished',
    of: ({ turnDetection }) => nativeIf(turnDetection.includes('semantic_vad')),
  },
  {
    title: 'Takes turns by a talk key',
    of: ({ manualTurns, turnDetection }) =>
      manualTurns ? 'native' : turnDetection.length > 0 ? 'none' : 'supplied',
  },
  {
    title: 'Stops when you interrupt',
    of: ({ interruption }) => (interruption === 'native' ? 'native' : 'supplied'),
  },
  {
    title: 'Keeps apart what you heard and what you did not',
    of: ({ truncation }) => (truncation === 'native' ? 'native' : 'supplied'),
  },
  {
    title: 'Writes down what you say',
    of: ({ inputTranscription }) => (inputTranscription === 'native' ? 'native' : 'supplied'),
  },
  {
    title: 'Goes on with an earlier conversation',
    of: ({ historySeeding }) => nativeIf(historySeeding === 'items'),
  },
  { title: 'Forgets an entry when told to', of: ({ itemDeletion }) => nativeIf(itemDeletion === 'native') },
  {
    title: 'Sessions that only write down speech',
    of: ({ transcriptionSessions }) => nativeIf(transcriptionSessions),
  },
  { title: 'Looks at images', of: ({ inputModalities }) => nativeIf(inputModalities.includes('image')) },
  { title: 'Calls functions', of: ({ tools }) => nativeIf(tools.includes('function')) },
  { title: 'Uses MCP servers by itself', of: ({ tools }) => nativeIf(tools.includes('mcp')) },
  {
    title: 'Changes its voice within a session',
    of: ({ updatable, voiceLock }) => nativeIf(updatable.includes('voice') && voiceLock === 'none'),
  },
  { title: 'Answers beside the conversation', of: ({ outOfBandResponses }) => nativeIf(outOfBandResponses) },
  { title: 'Instructions for one answer', of: ({ responseOverrides }) => nativeIf(responseOverrides) },
]

function nativeIf(isThere: boolean): Doer {
  return isThere ? 'native' : 'none'
}
