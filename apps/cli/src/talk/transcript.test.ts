import { describe, expect, it } from 'vitest'
import { createTranscript } from './transcript.ts'

function shown() {
  const lines: string[] = []
  const live: string[] = []
  const transcript = createTranscript({
    onLine: (side, text, note) => lines.push(`${side}: ${text}${note === '' ? '' : ` (${note})`}`),
    onLive: (side, text) => live.push(`${side}: ${text}`),
  })
  return { transcript, lines, live }
}

describe('createTranscript', () => {
  it('shows words as they come, and writes the turn down when it is whole', () => {
    const { transcript, lines, live } = shown()
    transcript.person('a')
    transcript.add('a', 'Hel')
    transcript.add('a', 'lo')
    transcript.replace('a', 'Hello.')
    transcript.done('a')
    expect(live).toEqual(['you: ', 'you: Hel', 'you: Hello', 'you: Hello.', 'you: '])
    expect(lines).toEqual(['you: Hello.'])
  })

  it('keeps the order in which turns were begun when transcripts come late', () => {
    const { transcript, lines } = shown()
    transcript.person('a')
    transcript.backend('b')
    transcript.add('b', 'Four.')
    transcript.done('b')
    expect(lines).toEqual([])
    transcript.replace('a', 'Two and two?')
    transcript.done('a')
    expect(lines).toEqual(['you: Two and two?', 'parley: Four.'])
  })

  it('waits for no transcript any more once the person says something new', () => {
    const { transcript, lines } = shown()
    transcript.person('a')
    transcript.backend('b')
    transcript.add('b', 'Four.')
    transcript.note('b', 'interrupted after 0.2 s')
    transcript.person('c')
    expect(lines).toEqual(['parley: Four. (interrupted after 0.2 s)'])
  })

  it('writes down in the end what never became whole', () => {
    const { transcript, lines } = shown()
    transcript.backend('b')
    transcript.add('b', 'I was about to')
    transcript.flush()
    expect(lines).toEqual(['parley: I was about to'])
  })
})
