// For each line `<library> <from> <to> <chunks>` of standard input one line of output: microseconds a chunk of 20 ms.
#include <soxr.h>
#include <speex/speex_resampler.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { speex_quality = 7, warm_ups = 100 };

static double now_us(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1e6 + time.tv_nsec / 1e3;
}

static void feed_speex(void *state, const float *in, size_t in_length, float *out, size_t room) {
  spx_uint32_t taken = in_length, given = room;
  speex_resampler_process_float(state, 0, in, &taken, out, &given);
}

static void feed_soxr(void *state, const float *in, size_t in_length, float *out, size_t room) {
  size_t taken, given;
  soxr_process(state, in, in_length, &taken, out, room, &given);
}

static void measure(const char *library, int from, int to, int chunks) {
  const int is_speex = strcmp(library, "speexdsp") == 0;
  const size_t in_length = from / 50, room = 4 * (to / 50) + 64;
  float *in = malloc(in_length * sizeof *in), *out = malloc(room * sizeof *out);
  for (size_t i = 0; i < in_length; i++) in[i] = (float)rand() / (float)RAND_MAX - 0.5f;
  int error = 0;
  soxr_error_t problem = 0;
  const soxr_io_spec_t io = soxr_io_spec(SOXR_FLOAT32_I, SOXR_FLOAT32_I);
  const soxr_quality_spec_t quality = soxr_quality_spec(SOXR_HQ, 0);
  const soxr_runtime_spec_t runtime = soxr_runtime_spec(1);
  void *state = is_speex ? (void *)speex_resampler_init(1, from, to, speex_quality, &error)
                         : (void *)soxr_create(from, to, 1, &problem, &io, &quality, &runtime);
  if (!in || !out || !state || error || problem) exit(1);
  void (*feed)(void *, const float *, size_t, float *, size_t) = is_speex ? feed_speex : feed_soxr;
  for (int i = 0; i < warm_ups; i++) feed(state, in, in_length, out, room);
  const double began = now_us();
  for (int i = 0; i < chunks; i++) feed(state, in, in_length, out, room);
  printf("%f\n", (now_us() - began) / chunks);
  fflush(stdout);
  if (is_speex) speex_resampler_destroy(state);
  else soxr_delete(state);
  free(in);
  free(out);
}

int main(void) {
  char library[32];
  int from, to, chunks;
  while (scanf("%31s %d %d %d", library, &from, &to, &chunks) == 4) measure(library, from, to, chunks);
  return 0;
}
