#!/bin/sh
# Ends what its parent leaves behind. It reads one order a line; when its input ends, the parent is gone (or is done),
# and whatever is still watched gets its signal, newest first, then SIGKILL after ten seconds.
#   watch SIGNAL PID     end this process too; -PID: the whole process group
#   forget PID           it has ended by itself
#   discard FOLDER       remove this folder once everything has ended
#   keep FOLDER          do not remove it after all
trap '' INT TERM HUP QUIT

watched=''
discarded=''
newline='
'

# Runs, and is not merely a dead child nobody has asked about yet.
runs() {
  kill -s 0 -- "$1" 2>/dev/null || return 1
  if [ -r "/proc/$1/stat" ]; then
    read -r _ _ state _ <"/proc/$1/stat" 2>/dev/null || return 1
    [ "$state" != Z ]
  fi
}

without() { # LIST SUBJECT: the lines of LIST about anything else
  printf '%s' "$1" | while IFS= read -r line; do
    [ "${line#* }" = "$2" ] || printf '%s\n' "$line"
  done
}

while IFS= read -r order; do
  subject=${order#* }
  case $order in
    'watch '*) watched="$subject$newline$watched" ;;
    'forget '*) watched="$(without "$watched" "$subject")$newline" ;;
    'discard '*) discarded="- $subject$newline$discarded" ;;
    'keep '*) discarded="$(without "$discarded" "$subject")$newline" ;;
  esac
done

pids=''
while read -r signal pid; do
  [ -n "$pid" ] || continue
  kill -s "$signal" -- "$pid" 2>/dev/null && pids="$pids $pid"
done <<END
$watched
END

tenths=0
while [ "$tenths" -lt 100 ]; do
  left=''
  for pid in $pids; do runs "$pid" && left="$left $pid"; done
  [ -n "$left" ] || break
  sleep 0.1
  tenths=$((tenths + 1))
done
for pid in $left; do kill -s KILL -- "$pid" 2>/dev/null; done

while IFS= read -r line; do
  [ -n "$line" ] && rm -rf -- "${line#- }"
done <<END
$discarded
END
exit 0
