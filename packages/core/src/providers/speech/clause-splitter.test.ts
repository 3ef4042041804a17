import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createClauseSplitter, type ClauseSplitterOptions } from './clause-splitter.ts'

function split(text: string, options?: ClauseSplitterOptions): readonly string[] {
  const splitter = createClauseSplitter(options)
  return [...splitter.push(text), ...splitter.flush()]
}

describe('createClauseSplitter', () => {
  it('ends the first clause at the first comma and later ones at sentence ends', () => {
    expect(split('Well, it is late, I think. Let us go, shall we? Yes!')).toEqual([
      'Well, ',
      'it is late, I think. ',
      'Let us go, shall we? ',
      'Yes!',
    ])
  })

  it('cuts a first clause without a comma at the last word border within its limit', () => {
    const [first] = split('This sentence simply does not have any comma that one could use for a cut.')
    expect(first).toBe('This sentence simply does not have any ')
  })

  it('gives a finished sentence as soon as the white space after it arrives', () => {
    const splitter = createClauseSplitter()
    expect(splitter.push('It works.')).toEqual([])
    expect(splitter.push(' ')).toEqual(['It works. '])
    expect(splitter.flush()).toEqual([])
  })

  it.each([
    'it costs 3.5 or 1,000 in all, e.g. at noon',
    'it is z. B. am 3. Mai bei Dr. Weber und J. R. Meier',
    'read https://example.com/a,b.c?d=1.5 and nothing more',
    'the U.S. plan d. h. version 1.2.3 of it',
  ])('leaves numbers, abbreviations and addresses whole: %s', (inner) => {
    expect(split(`Go. ${inner}. Done.`)).toEqual(['Go. ', `${inner}. `, 'Done.'])
  })

  it('cuts a long sentence after a comma, or between words', () => {
    const options = { firstMaxChars: 20, maxChars: 30 }
    expect(split('Start. one two three four five, six seven eight', options)[1]).toBe(
      'one two three four five, ',
    )
    expect(split('Start. one two three four five six seven eight', options)[1]).toBe(
      'one two three four five six ',
    )
  })

  it('ends a clause at a line break and at full-width marks', () => {
    expect(split('Ja. - eins\n- zwei\nEnde')).toEqual(['Ja. ', '- eins\n', '- zwei\n', 'Ende'])
    expect(split('你好，世界。再见，朋友！')).toEqual(['你好，', '世界。', '再见，朋友！'])
  })

  it('treats the text after a flush as a first clause again', () => {
    const splitter = createClauseSplitter()
    splitter.push('One. Two, three')
    expect(splitter.flush()).toEqual(['Two, three'])
    expect(splitter.push('Four, five. ')).toEqual(['Four, ', 'five. '])
  })

  const anyText = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 300 }),
    fc
      .array(
        fc.constantFrom('a', 'word', ' ', '. ', ', ', '3.5', '!', '?', '\n', 'z. B.', '…"', '。', '👍', '  '),
        {
          maxLength: 200,
        },
      )
      .map((parts) => parts.join('')),
    fc.string({ minLength: 300, maxLength: 900, unit: fc.constantFrom('x', '😀') }),
  )

  it('loses and adds nothing, and never gives an empty clause', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const clauses = split(text)
        expect(clauses.join('')).toBe(text)
        expect(clauses).not.toContain('')
      }),
    )
  })

  it('cuts the same whatever the chunks are', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 7 }), (text, size) => {
        const splitter = createClauseSplitter()
        const clauses: string[] = []
        for (let at = 0; at < text.length; at += size)
          clauses.push(...splitter.push(text.slice(at, at + size)))
        expect([...clauses, ...splitter.flush()]).toEqual(split(text))
      }),
    )
  })

  it('never cuts a character in two', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const clause of split(text)) expect(clause.isWellFormed()).toBe(true)
      }),
    )
  })
})

describe('a splitter that is not in a hurry', () => {
  it('waits for whole sentences, the first too', () => {
    const splitter = createClauseSplitter({ early: false })
    expect(splitter.push('Well, this is a first sentence that is longer than forty. And ')).toEqual([
      'Well, this is a first sentence that is longer than forty. ',
    ])
    expect(splitter.flush()).toEqual(['And '])
    expect(splitter.push('So, again, it waits. ')).toEqual(['So, again, it waits. '])
  })
})
