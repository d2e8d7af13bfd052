/**
 * Pod networks by CNI plugins. Read {@link io.carafe.cni.CniProvider}, then CniPodNetwork: it writes down what it is about to
 * do (CniAttachment in an AttachmentStore), runs the plugins of a CniConfList (CniChain, CniPluginCommand, CniPluginRunner) and
 * keeps their CniResult. Source: CNI spec 0.1.0 to 1.1.0, CONVENTIONS.md of the CNI project.
 */
@NullMarked
package io.carafe.cni;

import org.jspecify.annotations.NullMarked;
