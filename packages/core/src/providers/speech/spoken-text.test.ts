import { describe, expect, it } from 'vitest'
import { toSpokenText } from './spoken-text.ts'

describe('toSpokenText', () => {
  it.each([
    ['**Parley** is *one* endpoint. ', 'Parley is one endpoint.'],
    ['## Heading\n- first\n* second\n+ [x] third', 'Heading first second third'],
    ['See [the guide](https://example.com/guide "Guide") and ![a cat](cat.png).', 'See the guide and a cat.'],
    ['Run `npm start`:\n```sh\nnpm start\n```', 'Run npm start: npm start'],
    ['Set PARLEY_LLM_URL, _please_.', 'Set PARLEY LLM URL, please.'],
    ['Open https://www.example.com/docs/.', 'Open example.com/docs.'],
    ['Great 👍🏽 work 🇩🇪 1️⃣ ❤️ ©', 'Great work ©'],
    ['| a | b |\n|---|:--|\n| 1 | 2 |', 'a b 1 2'],
    ['It is 3 * 4 and 2*3, not ~~five~~<br>six.', 'It is 3 * 4 and 2*3, not five six.'],
    ['> quoted', 'quoted'],
    ['a < b, b > c', 'a < b, b > c'],
  ])('says %j as %j', (clause, spoken) => {
    expect(toSpokenText(clause)).toBe(spoken)
  })

  it('drops half of a mark that a clause border cut in two', () => {
    expect(toSpokenText('This is **very, ')).toBe('This is very,')
    expect(toSpokenText('very** good.')).toBe('very good.')
    expect(toSpokenText('Read [the big, ')).toBe('Read the big,')
    expect(toSpokenText('fat guide](https://example.com) now')).toBe('fat guide now')
  })

  it('is empty when nothing can be said', () => {
    expect(toSpokenText(' **\n🎉\n---\n')).toBe('')
  })
})
