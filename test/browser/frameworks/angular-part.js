// First: it compiles the packages of the others.
import '@angular/compiler';
import { Component, provideZonelessChangeDetection, signal } from '@angular/core';
import { bootstrapApplication, DomSanitizer } from '@angular/platform-browser';

const state = signal(window.page.state);

class List {
  static parameters = [DomSanitizer];
  static ctorParameters = () => [{ type: DomSanitizer }];
  state = state;
  #sanitizer;
  constructor(sanitizer) {
    this.#sanitizer = sanitizer;
  }
  trusted(src) {
    return this.#sanitizer.bypassSecurityTrustResourceUrl(src);
  }
}

const Made = Component({
  selector: 'main',
  template: `<h1>{{ state().title }}</h1>Before @if (state().isShown) {@for (one of state().items; track one.key) {{{ one.label }} <iframe [src]="trusted(one.src)" width="400" height="300"></iframe> after }}end`,
})(List);

const started = bootstrapApplication(Made ?? List, { providers: [provideZonelessChangeDetection()] });
window.render = async (next) => {
  const app = await started;
  state.set(next);
  app.tick();
};
window.unmount = async () => (await started).destroy();
