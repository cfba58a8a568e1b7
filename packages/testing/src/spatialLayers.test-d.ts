// Layers over one to three spatial axes in the real `sequential`: shapes in types, and errors on the wrong layer.
import {
  averagePool1d,
  averagePool2d,
  averagePool3d,
  conv1d,
  conv1dTranspose,
  conv2dTranspose,
  conv3d,
  cropping1d,
  cropping2d,
  cropping3d,
  depthwiseConv2d,
  globalAveragePool1d,
  globalAveragePool2d,
  globalAveragePool3d,
  globalMaxPool1d,
  globalMaxPool2d,
  globalMaxPool3d,
  maxPool1d,
  maxPool3d,
  separableConv2d,
  upSampling1d,
  upSampling2d,
  upSampling3d,
  zeroPadding1d,
  zeroPadding2d,
  zeroPadding3d,
} from '@chainrule/layers-conv';
import { input, sequential, type Sequential } from '@chainrule/model';
import { type FloatDType, relu, type Shape } from '@chainrule/tensor';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
declare function is<Expected>(): <T>(value: T, ...same: Equal<Expected, T> extends true ? [] : [never]) => void;
type Row = [number, 10, 3];
type Image = [number, 10, 12, 3];
type Volume = [number, 10, 12, 14, 3];

declare const n: number;
declare const flag: boolean;
const row = input([10, 3]);
const image = input([10, 12, 3]);
const volume = input([10, 12, 14, 3]);
const open = input([n, 3]);
const openImage = input([n, n, 3]);
const openVolume = input([n, n, n, 3]);

// Convolutions.
is<Sequential<Row, [number, 8, 4], FloatDType>>()(sequential(row, conv1d({ filters: 4, kernelSize: 3 })));
is<Sequential<Row, [number, 10, 4], FloatDType>>()(
  sequential(row, conv1d({ filters: 4, kernelSize: 3, padding: 'causal', activation: relu })),
);
is<Sequential<Row, [number, 5, 4], FloatDType>>()(
  sequential(row, conv1d({ filters: 4, kernelSize: 3, padding: 'same', strides: 2 })),
);
is<Sequential<[number, number, 3], [number, number, 4], FloatDType>>()(
  sequential(open, conv1d({ filters: 4, kernelSize: 3 })),
);
is<Sequential<Volume, [number, 8, 12, 12, 4], FloatDType>>()(
  sequential(volume, conv3d({ filters: 4, kernelSize: [3, 1, 3] })),
);
is<Sequential<[number, number, number, number, 3], [number, number, number, number, 4], FloatDType>>()(
  sequential(openVolume, conv3d({ filters: 4, kernelSize: 3 })),
);
is<Sequential<Image, [number, 8, 10, 6], FloatDType>>()(
  sequential(image, depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2 })),
);
is<Sequential<Image, [number, 5, 6, 3], FloatDType>>()(
  sequential(image, depthwiseConv2d({ kernelSize: 3, strides: 2, padding: 'same' })),
);
is<Sequential<Image, [number, 8, 10, number], FloatDType>>()(
  sequential(image, depthwiseConv2d({ kernelSize: 3, depthMultiplier: n })),
);
is<Sequential<Image, [number, 8, 10, 16], FloatDType>>()(
  sequential(image, separableConv2d({ filters: 16, kernelSize: 3, depthMultiplier: 2 })),
);
is<Sequential<[number, number, number, 3], [number, number, number, 16], FloatDType>>()(
  sequential(openImage, separableConv2d({ filters: 16, kernelSize: 3 })),
);
is<Sequential<Row, [number, 20, 4], FloatDType>>()(
  sequential(row, conv1dTranspose({ filters: 4, kernelSize: 3, strides: 2, padding: 'same' })),
);
is<Sequential<Row, [number, 21, 4], FloatDType>>()(
  sequential(row, conv1dTranspose({ filters: 4, kernelSize: 3, strides: 2 })),
);
is<Sequential<Image, [number, 20, 36, 4], FloatDType>>()(
  sequential(image, conv2dTranspose({ filters: 4, kernelSize: 2, strides: [2, 3], padding: 'same' })),
);
is<Sequential<Image, [number, 21, 36, 4], FloatDType>>()(
  sequential(image, conv2dTranspose({ filters: 4, kernelSize: 3, strides: [2, 3] })),
);
is<Sequential<Image, [number, number, number, 4], FloatDType>>()(
  sequential(image, conv2dTranspose({ filters: 4, kernelSize: 3, strides: 2, outputPadding: 1 })),
);
is<Sequential<[number, number, number, 3], [number, number, number, 4], FloatDType>>()(
  sequential(openImage, conv2dTranspose({ filters: 4, kernelSize: 3, strides: 2 })),
);

// Poolings.
is<Sequential<Row, [number, 5, 3]>>()(sequential(row, maxPool1d()));
is<Sequential<Row, [number, 4, 3]>>()(sequential(row, averagePool1d({ poolSize: 3, strides: 2 })));
is<Sequential<Image, [number, 5, 4, 3]>>()(sequential(image, averagePool2d({ poolSize: [2, 3] })));
is<Sequential<Volume, [number, 5, 6, 7, 3]>>()(sequential(volume, maxPool3d()));
is<Sequential<Volume, [number, 4, 4, 5, 3]>>()(sequential(volume, averagePool3d({ poolSize: 3, padding: 'same' })));
is<Sequential<[number, number, 3], [number, number, 3]>>()(sequential(open, maxPool1d()));
is<Sequential<Row, [number, 3]>>()(sequential(row, globalMaxPool1d()));
is<Sequential<Row, [number, 1, 3]>>()(sequential(row, globalAveragePool1d({ keepDims: true })));
is<Sequential<Image, [number, 3]>>()(sequential(image, globalAveragePool2d({ keepDims: false })));
is<Sequential<Image, [number, 1, 1, 3]>>()(sequential(image, globalMaxPool2d({ keepDims: true })));
is<Sequential<Volume, [number, 3]>>()(sequential(volume, globalMaxPool3d()));
is<Sequential<Volume, [number, 1, 1, 1, 3]>>()(sequential(volume, globalAveragePool3d({ keepDims: true })));
is<Sequential<Row, Shape>>()(sequential(row, globalMaxPool1d({ keepDims: flag })));
is<Sequential<[number, number, number, 3], [number, 3]>>()(sequential(openImage, globalMaxPool2d()));

// Borders and sizes.
is<Sequential<Row, [number, 12, 3]>>()(sequential(row, zeroPadding1d()));
is<Sequential<Row, [number, 15, 3]>>()(sequential(row, zeroPadding1d({ padding: [2, 3] })));
is<Sequential<Image, [number, 12, 16, 3]>>()(sequential(image, zeroPadding2d({ padding: [1, 2] })));
is<Sequential<Image, [number, 13, 12, 3]>>()(
  sequential(
    image,
    zeroPadding2d({
      padding: [
        [1, 2],
        [0, 0],
      ],
    }),
  ),
);
is<Sequential<Volume, [number, 14, 16, 18, 3]>>()(sequential(volume, zeroPadding3d({ padding: 2 })));
is<Sequential<Image, [number, number, number, 3]>>()(sequential(image, zeroPadding2d({ padding: n })));
is<Sequential<Row, [number, 8, 3]>>()(sequential(row, cropping1d()));
is<Sequential<Row, [number, 7, 3]>>()(sequential(row, cropping1d({ cropping: [0, 3] })));
is<Sequential<Image, Image>>()(sequential(image, cropping2d()));
is<Sequential<Image, [number, 8, 8, 3]>>()(sequential(image, cropping2d({ cropping: [1, 2] })));
is<Sequential<Volume, [number, 8, 10, 12, 3]>>()(sequential(volume, cropping3d()));
is<Sequential<[number, number, 3], [number, number, 3]>>()(sequential(open, cropping1d()));
is<Sequential<Row, [number, 20, 3]>>()(sequential(row, upSampling1d()));
is<Sequential<Image, [number, 20, 36, 3]>>()(
  sequential(image, upSampling2d({ size: [2, 3], interpolation: 'bilinear' })),
);
is<Sequential<Volume, [number, 10, 24, 14, 3]>>()(sequential(volume, upSampling3d({ size: [1, 2, 1] })));
is<Sequential<Row, [number, number, 3]>>()(sequential(row, upSampling1d({ size: n })));

// @ts-expect-error layer 0: conv1d: window 11 is larger than the input [10]
sequential(row, conv1d({ filters: 4, kernelSize: 11 }));
// @ts-expect-error layer 0: conv3d: expects rank 5 [batch,depth,height,width,channels], got [?,10,12,3]
sequential(image, conv3d({ filters: 4, kernelSize: 3 }));
// @ts-expect-error only rows have a before
conv3d({ filters: 4, kernelSize: 3, padding: 'causal' });
// @ts-expect-error layer 0: depthwiseConv2d: window 11x11 is larger than the input [10,12]
sequential(image, depthwiseConv2d({ kernelSize: 11 }));
// @ts-expect-error layer 0: separableConv2d: expects rank 4 [batch,height,width,channels], got [?,10,3]
sequential(row, separableConv2d({ filters: 4, kernelSize: 3 }));
// @ts-expect-error layer 0: conv1dTranspose: expects rank 3 [batch,width,channels], got [?,10,12,3]
sequential(image, conv1dTranspose({ filters: 4, kernelSize: 3 }));
// @ts-expect-error layer 0: conv2dTranspose: expects rank 4 [batch,height,width,channels], got [?,10,3]
sequential(row, conv2dTranspose({ filters: 4, kernelSize: 3 }));
// @ts-expect-error layer 0: maxPool1d: window 11 is larger than the input [10]
sequential(row, maxPool1d({ poolSize: 11 }));
// @ts-expect-error layer 0: averagePool3d: expects rank 5 [batch,depth,height,width,channels], got [?,10,12,3]
sequential(image, averagePool3d());
// @ts-expect-error layer 0: globalAveragePool1d: expects rank 3 [batch,width,channels], got [?,10,12,3]
sequential(image, globalAveragePool1d());
// @ts-expect-error layer 0: globalMaxPool3d: expects rank 5 [batch,depth,height,width,channels], got [?,10,3]
sequential(row, globalMaxPool3d());
// @ts-expect-error layer 0: zeroPadding2d: expects rank 4 [batch,height,width,channels], got [?,10,3]
sequential(row, zeroPadding2d());
// prettier-ignore
// @ts-expect-error three pairs for two axes
zeroPadding2d({ padding: [[1, 1], [1, 1], [1, 1]] });
// @ts-expect-error layer 0: cropping1d: nothing is left of [?,10,3]
sequential(row, cropping1d({ cropping: 5 }));
// @ts-expect-error layer 0: upSampling3d: expects rank 5 [batch,depth,height,width,channels], got [?,10,12,3]
sequential(image, upSampling3d());
// @ts-expect-error rows have no bilinear
upSampling1d({ interpolation: 'bilinear' });
