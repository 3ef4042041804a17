import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { base64Encoder, Base64Error, base64ToBytes, bytesToBase64 } from './base64.ts'

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0))

describe('base64', () => {
  // RFC 4648 section 10.
  it.each([
    ['', ''],
    ['f', 'Zg=='],
    ['fo', 'Zm8='],
    ['foo', 'Zm9v'],
    ['foob', 'Zm9vYg=='],
    ['fooba', 'Zm9vYmE='],
    ['foobar', 'Zm9vYmFy'],
    ['\xfb\xff\xbf', '+/+/'],
  ])('writes %j as %j and reads it back, padded or not', (text, encoded) => {
    expect(bytesToBase64(bytesOf(text))).toBe(encoded)
    expect(base64ToBytes(encoded)).toEqual(bytesOf(text))
    expect(base64ToBytes(encoded.replaceAll('=', ''))).toEqual(bytesOf(text))
  })

  it('reads back any bytes, long ones too', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(base64ToBytes(bytesToBase64(bytes))).toEqual(bytes)
      }),
    )
    const long = Uint8Array.from({ length: 100_000 }, (_, i) => i * 31)
    expect(base64ToBytes(bytesToBase64(long))).toEqual(long)
  })

  it.skipIf(!globalThis.Buffer)(
    'writes the same with and without the help of the host, at any offset',
    () => {
      const portable = base64Encoder({})
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(5), (bytes, offset) => {
          const view = bytes.subarray(offset)
          expect(portable(view)).toBe(base64Encoder({ Buffer })(view))
        }),
      )
      const long = Uint8Array.from({ length: 100_000 }, (_, i) => i * 31)
      expect(portable(long)).toBe(bytesToBase64(long))
    },
  )

  it.each([
    ['Zm9-', 3],
    ['Zm 9v', 2],
    ['Zm9v\u{1F600}===', 4],
    ['Z', 0],
    ['Zm9vY', 4],
    ['Zg=', 2],
    ['Z===', 1],
    ['=', 0],
    ['====', 0],
    ['Zg==Zg==', 2],
    ['Zé', 1],
  ])('refuses %j and names index %d', (text, index) => {
    let caught: unknown
    try {
      base64ToBytes(text)
    } catch (error) {
      caught = error
    }
    expect(caught).toBeInstanceOf(Base64Error)
    expect(caught).toBeInstanceOf(SyntaxError)
    expect(caught).toHaveProperty('index', index)
  })
})
