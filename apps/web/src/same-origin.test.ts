import { describe, expect, it } from 'vitest'
import { refusal } from './same-origin.ts'

function request(headers: Readonly<Record<string, string>>): Request {
  return new Request('http://ignored/api', { method: 'POST', headers })
}

describe('refusal', () => {
  it.each([
    ['the page on this machine', { host: 'localhost:3000', 'sec-fetch-site': 'same-origin' }],
    [
      'the page on an address',
      { host: '[::1]:3000', origin: 'http://[::1]:3000', 'sec-fetch-site': 'same-origin' },
    ],
    ['a browser without fetch metadata', { host: '127.0.0.1:3000', origin: 'http://127.0.0.1:3000' }],
    [
      'a listed name',
      { host: 'talk.example', origin: 'https://talk.example', 'sec-fetch-site': 'same-origin' },
    ],
  ])('lets %s ask', (_title, headers) => {
    expect(refusal(request(headers), ['https://talk.example'])).toBeUndefined()
  })

  it.each([
    [
      'another site',
      { host: 'localhost:3000', origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    ],
    ['another port', { host: 'localhost:3000', origin: 'http://localhost:9', 'sec-fetch-site': 'same-site' }],
    ['a link from anywhere', { host: 'localhost:3000', 'sec-fetch-site': 'none' }],
    ['an origin that is not the page', { host: 'localhost:3000', origin: 'http://localhost:9' }],
    ['an opaque origin', { host: 'localhost:3000', origin: 'null' }],
    ['what is no browser', { host: 'localhost:3000' }],
    [
      'a name made to point here',
      { host: 'evil.example', origin: 'http://evil.example', 'sec-fetch-site': 'same-origin' },
    ],
  ])('refuses %s', (_title, headers) => {
    expect(refusal(request(headers), ['https://talk.example'])).toBeDefined()
  })
})
