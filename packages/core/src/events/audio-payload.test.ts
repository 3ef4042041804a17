import { describe, expect, it } from 'vitest'
import { AudioPayload } from './audio-payload.ts'

describe('an audio payload', () => {
  it.each([
    [[], ''],
    [[1], 'AQ=='],
    [[1, 2], 'AQI='],
    [[1, 2, 3], 'AQID'],
    [[255, 254, 253, 252], '//79/A=='],
  ])('of the bytes %j is the same from either side', (numbers, base64) => {
    const bytes = Uint8Array.from(numbers)
    expect(AudioPayload.fromBytes(bytes).base64).toBe(base64)
    expect(AudioPayload.fromBase64(base64).bytes).toEqual(bytes)
    expect(AudioPayload.fromBytes(bytes).byteLength).toBe(bytes.length)
    expect(AudioPayload.fromBase64(base64).byteLength).toBe(bytes.length)
  })

  it('keeps what it was made from and converts once', () => {
    const bytes = Uint8Array.of(1, 2)
    expect(AudioPayload.fromBytes(bytes).bytes).toBe(bytes)
    const payload = AudioPayload.fromBase64('AQI=')
    expect(payload.bytes).toBe(payload.bytes)
  })

  it.each(['A', 'AA', 'AAA', '=', '====', 'A===', 'AA=A', 'AAA\n', ' AAA', '-_AA', 'ÄAAA', 'AAAA AAA'])(
    'is not made of %j',
    (text) => {
      expect(AudioPayload.tryFromBase64(text)).toBeUndefined()
      expect(() => AudioPayload.fromBase64(text)).toThrow(
        expect.objectContaining({ code: 'invalid_value', param: 'audio' }),
      )
    },
  )
})
