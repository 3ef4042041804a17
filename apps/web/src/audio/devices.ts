/** One microphone or speaker. */
export interface AudioDevice {
  readonly id: string
  /** Empty until the person has allowed the microphone. */
  readonly label: string
}

/** What can be heard with and played on. */
export interface AudioDevices {
  readonly microphones: readonly AudioDevice[]
  readonly speakers: readonly AudioDevice[]
  /** False in browsers that leave the choice of the speaker to the system. */
  readonly speakerChoice: boolean
}

/** Nothing known yet. */
export const noDevices: AudioDevices = { microphones: [], speakers: [], speakerChoice: false }

/** Reports the devices now and after each change until `signal` aborts. */
export function watchDevices(onChange: (devices: AudioDevices) => void, signal: AbortSignal): () => void {
  const media = mediaDevices()
  const report = (): void => {
    void media?.enumerateDevices().then((found) => {
      if (signal.aborted) return
      const named = (kind: MediaDeviceKind): readonly AudioDevice[] =>
        found.flatMap(({ kind: own, deviceId, label }) =>
          own === kind && deviceId !== '' && deviceId !== 'default' ? { id: deviceId, label } : [],
        )
      onChange({
        microphones: named('audioinput'),
        speakers: named('audiooutput'),
        speakerChoice: 'setSinkId' in AudioContext.prototype,
      })
    })
  }
  media?.addEventListener('devicechange', report, { signal })
  report()
  return report
}

/** The device interface, absent in an insecure context in spite of its type. */
export function mediaDevices(): MediaDevices | undefined {
  return navigator.mediaDevices
}
