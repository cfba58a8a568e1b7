/** In the order of their colors. */
export const racers = ['SGD', 'momentum', 'Nesterov', 'AdaGrad', 'RMSProp', 'Adam'] as const;
