/** Numbers in rows. */
export interface Picture {
  readonly width: number;
  readonly values: Float32Array;
}

/** What stays the same in a training. */
export interface GivenPictures {
  readonly image: Picture;
  readonly kernel: Picture;
  readonly output: Picture;
}

/** What the training changes. */
export interface LearnedPictures {
  readonly learned: Picture;
  readonly learnedOutput: Picture;
}

/** What the view shows of a run. */
export type Pictures = GivenPictures & LearnedPictures;

/** The side of an image of the reader's own. */
const side = 48;

/** The gray values of the middle of an image or a video, from 0 to 1. */
export function grayOf(source: CanvasImageSource, width: number, height: number): number[] {
  const canvas = Object.assign(document.createElement('canvas'), { width: side, height: side });
  const context = canvas.getContext('2d')!;
  const size = Math.min(width, height);
  context.drawImage(source, (width - size) / 2, (height - size) / 2, size, size, 0, 0, side, side);
  const { data } = context.getImageData(0, 0, side, side);
  return Array.from({ length: side * side }, (_, i) => {
    const [red, green, blue] = [data[4 * i]!, data[4 * i + 1]!, data[4 * i + 2]!];
    return Number(((0.299 * red + 0.587 * green + 0.114 * blue) / 255).toFixed(3));
  });
}

/** Takes a picture with the camera, and turns it off. */
export async function photograph(): Promise<number[]> {
  const stream = await navigator.mediaDevices.getUserMedia({ video: true });
  try {
    const video = Object.assign(document.createElement('video'), { srcObject: stream, muted: true });
    await video.play();
    // The first pictures of a camera are often dark.
    await new Promise((resolve) => setTimeout(resolve, 500));
    return grayOf(video, video.videoWidth, video.videoHeight);
  } finally {
    for (const track of stream.getTracks()) track.stop();
  }
}
