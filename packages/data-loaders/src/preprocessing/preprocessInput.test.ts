import { tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { preprocessInput } from './preprocessInput.ts';

const image = tensor([10, 20, 30, 255, 0, 127], [1, 1, 2, 3], 'uint8');
const rounded = (mode: 'caffe' | 'tf' | 'torch'): number[] =>
  [...preprocessInput(image, mode).data].map((v) => Number(v.toFixed(4)));

describe('preprocessInput', () => {
  test('turns RGB into BGR and subtracts the means of ImageNet for VGG', () => {
    expect(rounded('caffe')).toEqual([-73.939, -96.779, -113.68, 23.061, -116.779, 131.32]);
  });

  test('maps pixels to −1 to 1 for MobileNet', () => {
    expect(rounded('tf')).toEqual([-0.9216, -0.8431, -0.7647, 1, -1, -0.0039]);
  });

  test('normalizes each channel for models of torchvision', () => {
    // (10 / 255 − 0.485) / 0.229, …
    expect(rounded('torch')).toEqual([-1.9467, -1.6856, -1.2816, 2.2489, -2.0357, 0.4091]);
  });

  test('throws for other channels and unknown modes', () => {
    expect(() => preprocessInput(tensor([[1, 2]]), 'tf')).toThrow('must have 3 channels last, got [1,2]');
    expect(() => preprocessInput(image, 'vgg' as 'tf')).toThrow('`mode` must be "caffe", "tf" or "torch", got "vgg"');
  });
});
