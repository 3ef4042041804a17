let playing: HTMLAudioElement | undefined

/**
 * Plays a file; one that plays already is stopped. Resolves once it sounds, with the means to stop it, and calls
 * `onEnd` once when it is over or stopped. Rejects where the browser cannot play it.
 */
export async function playSound(file: Blob, onEnd: () => void): Promise<() => void> {
  playing?.pause()
  const url = URL.createObjectURL(file)
  const audio = new Audio(url)
  playing = audio
  const over = new AbortController()
  const end = (): void => {
    over.abort()
    URL.revokeObjectURL(url)
    onEnd()
  }
  // A sound that comes to its end is paused first.
  audio.addEventListener('pause', end, { signal: over.signal })
  audio.addEventListener('error', end, { signal: over.signal })
  await audio.play()
  return () => audio.pause()
}
