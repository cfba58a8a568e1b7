'use client';
import { useEffect } from 'react';

/** Trains in a worker of the page. */
export function Training() {
  useEffect(() => void import('../page.js'), []);
  return <p>Training</p>;
}
