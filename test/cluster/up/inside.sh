#!/bin/sh
# First process of the enclosure, in network, mount and process namespaces of its own: when it ends, the kernel ends all
# the others. Arguments: this Node, the program that brings things up, the address of the DNS
# server, more addresses for loopback.
# What the cluster writes to /etc, /var and /run goes to memory, and no path has to be told to anything.
set -eu
node=$1 program=$2 dns=$3
shift 2

mount -t tmpfs tmpfs /run
for folder in etc var; do
  mkdir -p "/run/upper/$folder" "/run/overlay/$folder"
  mount -t overlay overlay -o "lowerdir=/$folder,upperdir=/run/upper/$folder,workdir=/run/overlay/$folder" "/$folder"
done
# Not on an overlay: containerd puts overlays of its own here, the kubelet shares mounts with pods.
for folder in containerd kubelet; do
  mkdir -p "/var/lib/$folder"
  mount -t tmpfs tmpfs "/var/lib/$folder"
done
mount --make-rshared /var/lib/kubelet
rm -f /etc/resolv.conf
echo "nameserver $dns" >/etc/resolv.conf
echo '127.0.0.1 localhost' >/etc/hosts

# Settings of the whole machine which the kubelet would change are files here that hold what it wants.
mkdir /run/settings
while read -r setting value; do
  [ -e "/proc/sys/$setting" ] || continue
  file=/run/settings/$(echo "$setting" | tr / .)
  echo "$value" >"$file"
  mount --bind "$file" "/proc/sys/$setting"
done <<SETTINGS
vm/overcommit_memory 1
vm/panic_on_oom 0
kernel/panic 10
kernel/panic_on_oops 1
kernel/keys/root_maxkeys 1000000
kernel/keys/root_maxbytes 25000000
SETTINGS

ip link set lo up
for address; do ip address add "$address/32" dev lo; done
echo 1 >/proc/sys/net/ipv4/ip_forward

"$node" "$program" || exit
# A shell, not `sleep` alone: the first process has to reap what others leave behind.
while :; do sleep 3600; done
