/** The bridge of a window: one function to call, one to listen. It is never edited to add a call. */
import { contextBridge, ipcRenderer, webUtils, type IpcRendererEvent } from 'electron';
import type { Bridge } from '../shared/contract/bridge.ts';
import type { AppEvent } from '../shared/contract/events.ts';
import { channels } from './desktop/channels.ts';

const bridge: Bridge = {
  host: 'electron',
  call: (name, input) => ipcRenderer.invoke(channels.call, name, input),
  onEvent(listener) {
    const heard = (_event: IpcRendererEvent, event: AppEvent): void => listener(event);
    ipcRenderer.on(channels.event, heard);
    return () => {
      ipcRenderer.off(channels.event, heard);
    };
  },
  // only a file that a person dropped or chose has a path: a page cannot make one up
  takeFile: (file) => ipcRenderer.invoke(channels.takeFile, webUtils.getPathForFile(file as File)),
};

contextBridge.exposeInMainWorld('outpost', bridge);
